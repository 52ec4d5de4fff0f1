import type { TSchema } from '@sinclair/typebox'
import { documentName } from './document-name.js'

/** Returns the schemas, each changed by the function of its name, if there is one. */
export function withChanged(
  schemas: readonly TSchema[],
  changes: Readonly<Record<string, (schema: TSchema) => TSchema>>,
): readonly TSchema[] {
  return schemas.map(schema => changes[documentName(schema)]?.(schema) ?? schema)
}
