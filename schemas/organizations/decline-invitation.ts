import { Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'
import { InvitationTokenBody } from './preview-invitation.js'

/** The schema of the operation `declineInvitation`. */
export const declineInvitation = {
  operationId: 'declineInvitation',
  summary: 'Decline an invitation',
  description: 'Requires the token of the mailed link, which is used up.',
  tags: ['Organisations'],
  security: [],
  querystring: NoQuery,
  body: reference(InvitationTokenBody),
  response: {
    204: Type.Null({ description: 'The invitation is declined' }),
    ...errorResponses({ body: true, 400: ['FAST_AUTH_ONE_TIME_TOKEN_INVALID'] }),
  },
} satisfies OperationSchema
