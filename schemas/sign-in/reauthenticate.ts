import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery, Password, Transport } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { AuthenticationCredential } from '../passkeys/credential.js'
import { reference } from '../reference.js'
import { RecoveryCode, TotpCode } from '../second-factor/fields.js'
import { AuthResponse } from '../sessions/auth-response.js'

/** The body of a request of `reauthenticate`. It has `password`, one of the other proofs, or both. */
export const ReauthenticateBody = Type.Object(
  {
    password: Type.Optional(Password),
    code: Type.Optional(TotpCode),
    recoveryCode: Type.Optional(RecoveryCode),
    credential: Type.Optional(reference(AuthenticationCredential)),
    transport: Type.Optional(Transport),
  },
  { $id: 'fast-auth.AuthReauthenticate', additionalProperties: false },
)
export type ReauthenticateBody = Static<typeof ReauthenticateBody>

/** The schema of the operation `reauthenticate`. */
export const reauthenticate = {
  operationId: 'reauthenticate',
  summary: 'Prove again who the user is',
  description:
    'For operations that need a recent proof. The body has `password`, one of the other proofs, or both. A user with a second factor must give it. This session continues with the tokens of the response; its earlier tokens cannot be refreshed.',
  tags: ['Authentication'],
  security: signedIn,
  querystring: NoQuery,
  body: reference(ReauthenticateBody),
  response: {
    200: reference(AuthResponse, { description: 'This session continues with these tokens' }),
    ...errorResponses({
      body: true,
      401: [...unauthenticatedCodes, 'FAST_AUTH_INVALID_CREDENTIALS', 'FAST_AUTH_SECOND_FACTOR_INVALID'],
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED', 'FAST_AUTH_SECOND_FACTOR_REQUIRED'],
      503: ['FAST_AUTH_HASHING_BUSY'],
    }),
  },
} satisfies OperationSchema
