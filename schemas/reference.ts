import { type SchemaOptions, type Static, type TSchema, type TUnsafe, Type } from '@sinclair/typebox'

/** Returns a `$ref` to a named schema, with the type of that schema. The schema must have an `$id`. */
export function reference<T extends TSchema>(schema: T, options: SchemaOptions = {}): TUnsafe<Static<T>> {
  return Type.Unsafe<Static<T>>({ ...options, $ref: `${schema.$id}#` })
}
