import { Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { MemberParams } from './fields.js'

/** The schema of the operation `removeMember`. */
export const removeMember = {
  operationId: 'removeMember',
  summary: 'Remove a member, or leave the organisation',
  description:
    'Every member may leave. An admin may remove members with a lesser role, an owner all others. The access of the member ends: their sessions act in no organisation, their API keys of it and the invitations that they sent are deleted. An organisation keeps an owner: FAST_AUTH_LAST_OWNER.',
  tags: ['Organisations'],
  security: signedIn,
  params: MemberParams,
  querystring: NoQuery,
  response: {
    204: Type.Null({ description: 'The membership has ended' }),
    ...errorResponses({
      body: false,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED', 'FAST_AUTH_ROLE_REQUIRED'],
      404: ['FAST_AUTH_ORGANIZATION_NOT_FOUND', 'FAST_AUTH_MEMBER_NOT_FOUND'],
      409: ['FAST_AUTH_LAST_OWNER', 'FAST_AUTH_PERSONAL_ORGANIZATION'],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
    }),
  },
} satisfies OperationSchema
