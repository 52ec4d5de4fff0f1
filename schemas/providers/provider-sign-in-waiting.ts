import { type Static, Type } from '@sinclair/typebox'
import { Timestamp } from '../fields.js'

/** The response to a sign-in with a provider that needs one more step. The client is not signed in yet. */
export const ProviderSignInWaiting = Type.Object(
  {
    status: Type.Unsafe<'second_factor_required' | 'sign_up_required'>({
      type: 'string',
      enum: ['second_factor_required', 'sign_up_required'],
      description:
        '`second_factor_required`: continue with `completeSignIn`. `sign_up_required`: the provider has proven who the user is, and `finishProviderSignUp` takes the fields that the application requires.',
    }),
    methods: Type.Optional(
      Type.Array(
        Type.Unsafe<'totp' | 'recoveryCode' | 'passkey'>({ type: 'string', enum: ['totp', 'recoveryCode', 'passkey'] }),
        { description: 'The second factors that this user can give now' },
      ),
    ),
    expiresAt: Timestamp,
    signInToken: Type.Optional(
      Type.String({ description: 'Only with transport `token`: send it to the operation that continues' }),
    ),
  },
  { $id: 'fast-auth.AuthProviderSignInWaiting' },
)
export type ProviderSignInWaiting = Static<typeof ProviderSignInWaiting>
