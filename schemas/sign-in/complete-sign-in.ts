import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { AuthenticationCredential } from '../passkeys/credential.js'
import { reference } from '../reference.js'
import { RecoveryCode, TotpCode } from '../second-factor/fields.js'
import { AuthResponse } from '../sessions/auth-response.js'
import { SignInToken } from './second-factor-required.js'

/** The body of a request of `completeSignIn`. It has exactly one of `code`, `recoveryCode` and `credential`. */
export const CompleteSignInBody = Type.Object(
  {
    code: Type.Optional(TotpCode),
    recoveryCode: Type.Optional(RecoveryCode),
    credential: Type.Optional(reference(AuthenticationCredential)),
    signInToken: Type.Optional(SignInToken),
  },
  { $id: 'fast-auth.AuthCompleteSignIn', additionalProperties: false },
)
export type CompleteSignInBody = Static<typeof CompleteSignInBody>

/** The schema of the operation `completeSignIn`. */
export const completeSignIn = {
  operationId: 'completeSignIn',
  summary: 'Complete a sign-in with a second factor',
  description:
    'Continues a sign-in whose response was 202. The body has exactly one second factor, and `signInToken` if the sign-in had the transport `token`. A wrong code and a code that was used before get the same response.',
  tags: ['Authentication'],
  security: [{ signInCookie: [] }, {}],
  querystring: NoQuery,
  body: reference(CompleteSignInBody),
  response: {
    200: reference(AuthResponse, { description: 'A new session is created' }),
    ...errorResponses({
      body: true,
      401: ['FAST_AUTH_SIGN_IN_EXPIRED', 'FAST_AUTH_SECOND_FACTOR_INVALID'],
      403: [
        'FAST_AUTH_CROSS_SITE_REQUEST',
        'FAST_AUTH_EMAIL_NOT_CONFIRMED',
        'FAST_AUTH_USER_DISABLED',
        'FAST_AUTH_SIGN_IN_REFUSED',
      ],
    }),
  },
} satisfies OperationSchema
