import { type Static, Type } from '@sinclair/typebox'
import { AnyProfile } from './any-profile.js'
import { Id, Timestamp } from './fields.js'

export const User = Type.Object(
  {
    id: Id,
    email: Type.String({ description: 'The canonical address', examples: ['ada@example.com'] }),
    emailConfirmedAt: Type.Union([Timestamp, Type.Null()], { description: 'When the address was proven' }),
    username: Type.Optional(Type.String()),
    profile: AnyProfile,
    createdAt: Timestamp,
    lastSignInAt: Type.Union([Timestamp, Type.Null()]),
  },
  { $id: 'AuthUser' },
)
export type User = Static<typeof User>
