import { type Static, Type } from '@sinclair/typebox'
import { Id, Timestamp } from './fields.js'

/** Not `Type.Record`: its pattern matches no name with a line break, and a response would lose such a field. */
const AnyFields = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  additionalProperties: true,
  description: "The application's own fields",
})

export const User = Type.Object(
  {
    id: Id,
    email: Type.String({ description: 'The canonical address', examples: ['ada@example.com'] }),
    emailConfirmedAt: Type.Union([Timestamp, Type.Null()], { description: 'When the address was proven' }),
    username: Type.Optional(Type.String()),
    profile: AnyFields,
    createdAt: Timestamp,
    lastSignInAt: Type.Union([Timestamp, Type.Null()]),
  },
  { $id: 'AuthUser' },
)
export type User = Static<typeof User>
