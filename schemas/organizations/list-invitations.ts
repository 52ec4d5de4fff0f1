import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { type OperationSchema, signedInOrApiKey } from '../operation-schema.js'
import { reference } from '../reference.js'
import { Next, OrganizationParams, PageQuery } from './fields.js'
import { Invitation } from './invitation.js'

/** The body of a response of `listInvitations`. */
export const InvitationList = Type.Object(
  { items: Type.Array(reference(Invitation)), next: Next },
  { $id: 'fast-auth.AuthInvitationList' },
)
export type InvitationList = Static<typeof InvitationList>

/** The schema of the operation `listInvitations`. */
export const listInvitations = {
  operationId: 'listInvitations',
  summary: 'List the invitations of an organisation',
  description: 'Requires the role admin. Ordered by id, without those that have expired.',
  tags: ['Organisations'],
  security: signedInOrApiKey,
  params: OrganizationParams,
  querystring: PageQuery,
  response: {
    200: reference(InvitationList, { description: 'One page of invitations' }),
    ...errorResponses({
      body: false,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_ROLE_REQUIRED'],
      404: ['FAST_AUTH_ORGANIZATION_NOT_FOUND'],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
    }),
  },
} satisfies OperationSchema
