import { type Static, Type } from '@sinclair/typebox'
import { Accepted } from './accepted.js'
import { errorResponses } from './error-responses.js'
import { Email, NoQuery } from './fields.js'
import type { OperationSchema } from './operation-schema.js'
import { reference } from './reference.js'

export const RequestPasswordResetBody = Type.Object(
  { email: Email },
  { $id: 'fast-auth.AuthRequestPasswordReset', additionalProperties: false },
)
export type RequestPasswordResetBody = Static<typeof RequestPasswordResetBody>

export const requestPasswordReset = {
  operationId: 'requestPasswordReset',
  summary: 'I have forgotten my password',
  description: 'The answer is the same for every address.',
  tags: ['Password'],
  security: [],
  querystring: NoQuery,
  body: reference(RequestPasswordResetBody),
  response: {
    202: reference(Accepted, { description: 'If there is such an account, a link is on its way' }),
    ...errorResponses({ body: true }),
  },
} satisfies OperationSchema
