import type { TSchema } from '@sinclair/typebox'

/** The same schemas, those with these names changed. */
export function withChanged(
  schemas: readonly TSchema[],
  changes: Readonly<Record<string, (schema: TSchema) => TSchema>>,
): readonly TSchema[] {
  return schemas.map(schema => changes[String(schema.$id)]?.(schema) ?? schema)
}
