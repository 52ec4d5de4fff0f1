import { type Static, Type } from '@sinclair/typebox'
import { User } from '../accounts/user.js'
import { Timestamp } from '../fields.js'
import { reference } from '../reference.js'
import { Session } from './session.js'

/** The user is signed in. The body has tokens only with transport `token`; with `cookie` they are in Set-Cookie. */
export const AuthResponse = Type.Object(
  {
    user: reference(User),
    session: reference(Session),
    accessTokenExpiresAt: Timestamp,
    accessToken: Type.Optional(Type.String({ description: 'Only with transport `token`: a JWT (RFC 9068)' })),
    refreshToken: Type.Optional(Type.String({ description: 'Only with transport `token`: opaque, single use' })),
    tokenType: Type.Optional(Type.Literal('Bearer', { description: 'Only with transport `token`' })),
    expiresIn: Type.Optional(
      Type.Integer({
        description: 'Only with transport `token`: seconds until the access token expires',
        examples: [900],
      }),
    ),
  },
  { $id: 'fast-auth.AuthResponse' },
)
export type AuthResponse = Static<typeof AuthResponse>
