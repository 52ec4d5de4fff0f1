import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, recentProofCodes, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { MemberParams, RoleName } from './fields.js'
import { Member } from './member.js'

/** The body of a request of `changeMemberRole`. */
export const ChangeMemberRoleBody = Type.Object(
  { role: RoleName },
  { $id: 'fast-auth.AuthChangeMemberRole', additionalProperties: false },
)
export type ChangeMemberRoleBody = Static<typeof ChangeMemberRoleBody>

/** The schema of the operation `changeMemberRole`. */
export const changeMemberRole = {
  operationId: 'changeMemberRole',
  summary: 'Change the role of a member',
  description:
    'Requires the role owner. A new owner also requires that the user signed in or called `reauthenticate` in the last five minutes. No access token is accepted with the former role any longer. An organisation keeps an owner: FAST_AUTH_LAST_OWNER.',
  tags: ['Organisations'],
  security: signedIn,
  params: MemberParams,
  querystring: NoQuery,
  body: reference(ChangeMemberRoleBody),
  response: {
    200: reference(Member, { description: 'The member with the new role' }),
    ...errorResponses({
      body: true,
      401: unauthenticatedCodes,
      403: [
        'FAST_AUTH_CROSS_SITE_REQUEST',
        'FAST_AUTH_SESSION_REQUIRED',
        'FAST_AUTH_ROLE_REQUIRED',
        ...recentProofCodes,
      ],
      404: ['FAST_AUTH_ORGANIZATION_NOT_FOUND', 'FAST_AUTH_MEMBER_NOT_FOUND'],
      409: ['FAST_AUTH_LAST_OWNER', 'FAST_AUTH_PERSONAL_ORGANIZATION'],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
    }),
  },
} satisfies OperationSchema
