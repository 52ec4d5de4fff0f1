import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { Email, NoQuery } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'
import { Accepted } from './accepted.js'

/** The body of a request of `requestPasswordReset`. */
export const RequestPasswordResetBody = Type.Object(
  { email: Email },
  { $id: 'fast-auth.AuthRequestPasswordReset', additionalProperties: false },
)
export type RequestPasswordResetBody = Static<typeof RequestPasswordResetBody>

/** The schema of the operation `requestPasswordReset`. */
export const requestPasswordReset = {
  operationId: 'requestPasswordReset',
  summary: 'Request a password reset',
  description: 'Sends a link to the address. The response is the same whether or not an account exists.',
  tags: ['Password'],
  security: [],
  querystring: NoQuery,
  body: reference(RequestPasswordResetBody),
  response: {
    202: reference(Accepted, { description: 'If an account exists, a message with a link is queued' }),
    ...errorResponses({ body: true }),
  },
} satisfies OperationSchema
