import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { MailedToken, NoQuery, Password } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'
import { Confirmed } from './confirmed.js'

/** The body of a request of `confirmEmailChange`. */
export const ConfirmEmailChangeBody = Type.Object(
  { token: MailedToken, password: Password },
  { $id: 'fast-auth.AuthConfirmEmailChange', additionalProperties: false },
)
export type ConfirmEmailChangeBody = Static<typeof ConfirmEmailChangeBody>

/** The schema of the operation `confirmEmailChange`. */
export const confirmEmailChange = {
  operationId: 'confirmEmailChange',
  summary: 'Confirm a new email address',
  description:
    'Requires the token of the mailed link and the password of the account: together they prove that one person owns both. A wrong password does not use up the token. Ends every session except the one that requested the change.',
  tags: ['E-mail'],
  security: [],
  querystring: NoQuery,
  body: reference(ConfirmEmailChangeBody),
  response: {
    200: reference(Confirmed, { description: 'The account has its new address, and the other sessions have ended' }),
    ...errorResponses({
      body: true,
      400: ['FAST_AUTH_ONE_TIME_TOKEN_INVALID'],
      401: ['FAST_AUTH_INVALID_CREDENTIALS'],
      503: ['FAST_AUTH_HASHING_BUSY'],
    }),
  },
} satisfies OperationSchema
