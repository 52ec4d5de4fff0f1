import { type Static, Type } from '@sinclair/typebox'
import { AnyProfile } from './any-profile.js'
import { Id, Timestamp } from './fields.js'

const UserOfAddress = Type.Object(
  {
    id: Id,
    email: Type.String({ description: 'The canonical address', examples: ['ada@example.com'] }),
    emailConfirmedAt: Type.Union([Timestamp, Type.Null()], { description: 'When the address was proven' }),
    profile: AnyProfile,
    createdAt: Timestamp,
    lastSignInAt: Type.Union([Timestamp, Type.Null()]),
  },
  { $id: 'fast-auth.AuthUser' },
)

/** There is a `username` only in an application whose users may have one: see `schemasWithUsername`. */
export const User = Type.Unsafe<Static<typeof UserOfAddress> & { username?: string }>(UserOfAddress)
export type User = Static<typeof User>
