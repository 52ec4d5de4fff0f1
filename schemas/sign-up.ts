import { type Static, Type } from '@sinclair/typebox'
import { AuthResponse } from './auth-response.js'
import { errorResponses } from './error-responses.js'
import { Email, NewPassword, NoQuery, Transport } from './fields.js'
import type { OperationSchema } from './operation-schema.js'
import { reference } from './reference.js'

const Credentials = Type.Object(
  { email: Email, password: NewPassword, transport: Type.Optional(Transport) },
  { $id: 'fast-auth.AuthSignUp', additionalProperties: false },
)

/**
 * There is a `profile` only where the application says what its users' fields are, and a `username` only where they may
 * have one: see `schemasWithProfile` and `schemasWithUsername`.
 */
export const SignUpBody = Type.Unsafe<
  Static<typeof Credentials> & { username?: string; profile?: Record<string, unknown> }
>(Credentials)
export type SignUpBody = Static<typeof SignUpBody>

export const ConfirmationRequired = Type.Object(
  { status: Type.Literal('confirmation_required') },
  { $id: 'fast-auth.AuthConfirmationRequired' },
)
export type ConfirmationRequired = Static<typeof ConfirmationRequired>

export const signUp = {
  operationId: 'signUp',
  summary: 'Create an account and sign in',
  tags: ['Authentication'],
  security: [],
  querystring: NoQuery,
  body: reference(SignUpBody),
  response: {
    201: reference(AuthResponse, { description: 'The account exists and its first session is open' }),
    202: reference(ConfirmationRequired, {
      description:
        'Where addresses must be confirmed: open the link that was mailed. The same whether or not the address was taken.',
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
