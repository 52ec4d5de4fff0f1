import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { MailedToken, NoQuery, Password } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'
import { Confirmed } from './confirmed.js'

/** The body of a request of `confirmEmail`. */
export const ConfirmEmailBody = Type.Object(
  { token: MailedToken, password: Password },
  { $id: 'fast-auth.AuthConfirmEmail', additionalProperties: false },
)
export type ConfirmEmailBody = Static<typeof ConfirmEmailBody>

/** The schema of the operation `confirmEmail`. */
export const confirmEmail = {
  operationId: 'confirmEmail',
  summary: 'Confirm an email address',
  description:
    'Requires the token of the mailed link and the password of the account: together they prove that one person owns both. A wrong password does not use up the token. Creates no session.',
  tags: ['E-mail'],
  security: [],
  querystring: NoQuery,
  body: reference(ConfirmEmailBody),
  response: {
    200: reference(Confirmed, { description: 'The address is confirmed' }),
    ...errorResponses({
      body: true,
      400: ['FAST_AUTH_ONE_TIME_TOKEN_INVALID'],
      401: ['FAST_AUTH_INVALID_CREDENTIALS'],
      503: ['FAST_AUTH_HASHING_BUSY'],
    }),
  },
} satisfies OperationSchema
