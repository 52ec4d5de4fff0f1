import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { Email, NoQuery, Password, Transport } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'
import { AuthResponse } from '../sessions/auth-response.js'
import { SecondFactorRequired } from './second-factor-required.js'

const Credentials = Type.Object(
  { email: Email, password: Password, transport: Type.Optional(Transport) },
  { $id: 'fast-auth.AuthSignIn', additionalProperties: false },
)

/** The body of a request of `signIn`. If users may have user names, it has either `email` or `username`. */
export const SignInBody = Type.Unsafe<
  Omit<Static<typeof Credentials>, 'email'> & { email?: string; username?: string }
>(Credentials)
export type SignInBody = Static<typeof SignInBody>

/** The schema of the operation `signIn`. */
export const signIn = {
  operationId: 'signIn',
  summary: 'Sign in with email address and password',
  description: 'If the server has user names, the body has either `email` or `username`; the responses are the same.',
  tags: ['Authentication'],
  security: [],
  querystring: NoQuery,
  body: reference(SignInBody),
  response: {
    200: reference(AuthResponse, { description: 'A new session is created' }),
    ...errorResponses({
      body: true,
      401: ['FAST_AUTH_INVALID_CREDENTIALS'],
      403: [
        'FAST_AUTH_CROSS_SITE_REQUEST',
        'FAST_AUTH_EMAIL_NOT_CONFIRMED',
        'FAST_AUTH_USER_DISABLED',
        'FAST_AUTH_SIGN_IN_REFUSED',
      ],
      503: ['FAST_AUTH_HASHING_BUSY'],
    }),
  },
} satisfies OperationSchema

/** The operation if users may have a second factor. */
export const signInWithSecondFactor = {
  ...signIn,
  description: `${signIn.description} A user with a second factor gets 202, and \`completeSignIn\` continues the sign-in.`,
  response: {
    ...signIn.response,
    202: reference(SecondFactorRequired, { description: 'The password is right, and a second factor is missing' }),
  },
} satisfies OperationSchema
