import { Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { InvitationParams } from './fields.js'

/** The schema of the operation `revokeInvitation`. */
export const revokeInvitation = {
  operationId: 'revokeInvitation',
  summary: 'Withdraw an invitation',
  description: 'Requires the role admin. The mailed link is no longer accepted.',
  tags: ['Organisations'],
  security: signedIn,
  params: InvitationParams,
  querystring: NoQuery,
  response: {
    204: Type.Null({ description: 'The invitation is withdrawn' }),
    ...errorResponses({
      body: false,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED', 'FAST_AUTH_ROLE_REQUIRED'],
      404: ['FAST_AUTH_ORGANIZATION_NOT_FOUND', 'FAST_AUTH_INVITATION_NOT_FOUND'],
      409: ['FAST_AUTH_PERSONAL_ORGANIZATION'],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
    }),
  },
} satisfies OperationSchema
