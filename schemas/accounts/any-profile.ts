import { Type } from '@sinclair/typebox'

/**
 * A profile with unknown fields, for use without a `profileSchema`. Not `Type.Record`: its pattern does not match a
 * name with a line break, so a response would lose such a field.
 */
export const AnyProfile = Object.assign(
  Type.Unsafe<Record<string, unknown>>({
    additionalProperties: true,
    description: "The application's own fields",
  }),
  { type: 'object' as const },
)
