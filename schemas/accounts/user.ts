import { type Static, Type } from '@sinclair/typebox'
import { Id, Timestamp } from '../fields.js'
import { AnyProfile } from './any-profile.js'

const UserOfAddress = Type.Object(
  {
    id: Id,
    email: Type.String({ description: 'The canonical address', examples: ['ada@example.com'] }),
    emailConfirmedAt: Type.Union([Timestamp, Type.Null()], {
      description: 'When the address was confirmed; `null` if it is not',
    }),
    profile: AnyProfile,
    createdAt: Timestamp,
    lastSignInAt: Type.Union([Timestamp, Type.Null()]),
  },
  { $id: 'fast-auth.AuthUser' },
)

/** `username` exists only if users may have user names: see `schemasWithUsername`. */
export const User = Type.Unsafe<Static<typeof UserOfAddress> & { username?: string }>(UserOfAddress)
export type User = Static<typeof User>
