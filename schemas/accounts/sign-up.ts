import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { Email, NewPassword, NoQuery, Transport } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'
import { AuthResponse } from '../sessions/auth-response.js'

const Credentials = Type.Object(
  { email: Email, password: NewPassword, transport: Type.Optional(Transport) },
  { $id: 'fast-auth.AuthSignUp', additionalProperties: false },
)

/**
 * The body of a request of `signUp`. `profile` exists only if the application has a `profileSchema`, `username` only
 * if users may have user names, and `invitationToken` only with organisations: see `schemasWithProfile`, `schemasWithUsername` and
 * `schemasWithOrganizations`.
 */
export const SignUpBody = Type.Unsafe<
  Static<typeof Credentials> & { username?: string; profile?: Record<string, unknown>; invitationToken?: string }
>(Credentials)
export type SignUpBody = Static<typeof SignUpBody>

/** The body of a response of `signUp`. */
export const ConfirmationRequired = Type.Object(
  { status: Type.Literal('confirmation_required') },
  { $id: 'fast-auth.AuthConfirmationRequired' },
)
export type ConfirmationRequired = Static<typeof ConfirmationRequired>

/** The schema of the operation `signUp`. */
export const signUp = {
  operationId: 'signUp',
  summary: 'Create an account and sign in',
  tags: ['Authentication'],
  security: [],
  querystring: NoQuery,
  body: reference(SignUpBody),
  response: {
    201: reference(AuthResponse, { description: 'The account and its first session are created' }),
    202: reference(ConfirmationRequired, {
      description:
        'If addresses must be confirmed: the user must open the mailed link. The response is the same whether or not the address was taken.',
    }),
    ...errorResponses({
      body: true,
      400: ['FAST_AUTH_PASSWORD_TOO_WEAK'],
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SIGN_UP_REFUSED'],
      409: ['FAST_AUTH_USER_EXISTS'],
      503: ['FAST_AUTH_HASHING_BUSY'],
    }),
  },
} satisfies OperationSchema
