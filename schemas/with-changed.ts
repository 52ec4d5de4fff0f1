import type { TSchema } from '@sinclair/typebox'
import { documentName } from './document-name.js'

/** The same schemas, those with these names changed. */
export function withChanged(
  schemas: readonly TSchema[],
  changes: Readonly<Record<string, (schema: TSchema) => TSchema>>,
): readonly TSchema[] {
  return schemas.map(schema => changes[documentName(schema)]?.(schema) ?? schema)
}
