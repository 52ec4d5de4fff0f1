import { Type } from '@sinclair/typebox'

/**
 * A profile of which nothing is known: where no application says what its users' fields are. Not `Type.Record`: its
 * pattern matches no name with a line break, and a response would lose such a field.
 */
export const AnyProfile = Object.assign(
  Type.Unsafe<Record<string, unknown>>({
    additionalProperties: true,
    description: "The application's own fields",
  }),
  { type: 'object' as const },
)
