import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { NoQuery, Transport } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'
import { AuthResponse } from '../sessions/auth-response.js'
import { AuthenticationCredential } from './credential.js'

/** The body of a request of `signInWithPasskey`. */
export const SignInWithPasskeyBody = Type.Object(
  { credential: reference(AuthenticationCredential), transport: Type.Optional(Transport) },
  { $id: 'fast-auth.AuthSignInWithPasskey', additionalProperties: false },
)
export type SignInWithPasskeyBody = Static<typeof SignInWithPasskeyBody>

/** The schema of the operation `signInWithPasskey`. */
export const signInWithPasskey = {
  operationId: 'signInWithPasskey',
  summary: 'Sign in with a passkey',
  description:
    'A passkey with user verification is both factors: the user needs neither a password nor a code. Every passkey that is not accepted gets the same response, whatever the reason.',
  tags: ['Passkeys'],
  security: [],
  querystring: NoQuery,
  body: reference(SignInWithPasskeyBody),
  response: {
    200: reference(AuthResponse, { description: 'A new session is created' }),
    ...errorResponses({
      body: true,
      401: ['FAST_AUTH_PASSKEY_INVALID'],
      403: [
        'FAST_AUTH_CROSS_SITE_REQUEST',
        'FAST_AUTH_EMAIL_NOT_CONFIRMED',
        'FAST_AUTH_USER_DISABLED',
        'FAST_AUTH_SIGN_IN_REFUSED',
      ],
    }),
  },
} satisfies OperationSchema
