import { type Static, Type } from '@sinclair/typebox'
import { Id, Timestamp } from '../fields.js'
import { Role } from './fields.js'

const MemberWithAddress = Type.Object(
  {
    userId: Id,
    email: Type.String({ description: 'The canonical address', examples: ['ada@example.com'] }),
    role: Role,
    joinedAt: Timestamp,
  },
  { $id: 'fast-auth.AuthMember' },
)

/** A member of an organisation. `username` exists only if users may have user names. */
export const Member = Type.Unsafe<Static<typeof MemberWithAddress> & { username?: string }>(MemberWithAddress)
export type Member = Static<typeof Member>
