import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { Email, NoQuery } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'
import { Accepted } from './accepted.js'

/** The body of a request of `sendEmailConfirmation`. */
export const SendEmailConfirmationBody = Type.Object(
  { email: Email },
  { $id: 'fast-auth.AuthSendEmailConfirmation', additionalProperties: false },
)
export type SendEmailConfirmationBody = Static<typeof SendEmailConfirmationBody>

/** The schema of the operation `sendEmailConfirmation`. */
export const sendEmailConfirmation = {
  operationId: 'sendEmailConfirmation',
  summary: 'Send the confirmation link again',
  description: 'The response is the same for every address.',
  tags: ['E-mail'],
  security: [],
  querystring: NoQuery,
  body: reference(SendEmailConfirmationBody),
  response: {
    202: reference(Accepted, { description: 'If an unconfirmed account exists, a message with a link is queued' }),
    ...errorResponses({ body: true }),
  },
} satisfies OperationSchema
