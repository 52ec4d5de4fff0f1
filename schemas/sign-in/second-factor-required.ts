import { type Static, Type } from '@sinclair/typebox'
import { Timestamp } from '../fields.js'

/** The token of a sign-in that waits for a second factor. */
export const SignInToken = Type.String({
  minLength: 1,
  maxLength: 512,
  description: 'The `signInToken` of the response to the sign-in; with cookies, it is in a cookie instead',
  examples: ['AYx0…'],
})

const SecondFactorMethod = Type.Unsafe<'totp' | 'recoveryCode' | 'passkey'>({
  type: 'string',
  enum: ['totp', 'recoveryCode', 'passkey'],
})

/** The response to a sign-in of a user with a second factor. The client is not signed in yet. */
export const SecondFactorRequired = Type.Object(
  {
    status: Type.Literal('second_factor_required'),
    methods: Type.Array(SecondFactorMethod, {
      description: 'The second factors that this user can give now to `completeSignIn`',
    }),
    expiresAt: Timestamp,
    signInToken: Type.Optional(
      Type.String({ description: 'Only with transport `token`: send it to `completeSignIn`' }),
    ),
  },
  { $id: 'fast-auth.AuthSecondFactorRequired' },
)
export type SecondFactorRequired = Static<typeof SecondFactorRequired>
