import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { type OperationSchema, signedInOrApiKey } from '../operation-schema.js'
import { reference } from '../reference.js'
import { Next, OrganizationParams, PageQuery } from './fields.js'
import { Member } from './member.js'

/** The body of a response of `listMembers`. */
export const MemberList = Type.Object(
  { items: Type.Array(reference(Member)), next: Next },
  { $id: 'fast-auth.AuthMemberList' },
)
export type MemberList = Static<typeof MemberList>

/** The schema of the operation `listMembers`. */
export const listMembers = {
  operationId: 'listMembers',
  summary: 'List the members of an organisation',
  description: 'Requires the role admin, or member if the server allows it. Ordered by `userId`.',
  tags: ['Organisations'],
  security: signedInOrApiKey,
  params: OrganizationParams,
  querystring: PageQuery,
  response: {
    200: reference(MemberList, { description: 'One page of members' }),
    ...errorResponses({
      body: false,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_ROLE_REQUIRED'],
      404: ['FAST_AUTH_ORGANIZATION_NOT_FOUND'],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
    }),
  },
} satisfies OperationSchema
