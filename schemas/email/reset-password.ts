import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { MailedToken, NewPassword, NoQuery } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'

/** The body of a request of `resetPassword`. */
export const ResetPasswordBody = Type.Object(
  { token: MailedToken, password: NewPassword },
  { $id: 'fast-auth.AuthResetPassword', additionalProperties: false },
)
export type ResetPasswordBody = Static<typeof ResetPasswordBody>

/** The schema of the operation `resetPassword`. */
export const resetPassword = {
  operationId: 'resetPassword',
  summary: 'Set a new password with a mailed token',
  description: 'Creates no session. A password that breaks a rule does not use up the token.',
  tags: ['Password'],
  security: [],
  querystring: NoQuery,
  body: reference(ResetPasswordBody),
  response: {
    204: Type.Null({ description: 'The password is set, and every session has ended' }),
    ...errorResponses({
      body: true,
      400: ['FAST_AUTH_ONE_TIME_TOKEN_INVALID', 'FAST_AUTH_PASSWORD_TOO_WEAK'],
      503: ['FAST_AUTH_HASHING_BUSY'],
    }),
  },
} satisfies OperationSchema
