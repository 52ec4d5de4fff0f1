import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, recentProofCodes, unauthenticatedCodes } from '../error-responses.js'
import { Email, NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { OrganizationParams, RoleName } from './fields.js'
import { Invitation } from './invitation.js'

/** The body of a request of `inviteMember`. */
export const InviteMemberBody = Type.Object(
  { email: Email, role: RoleName },
  { $id: 'fast-auth.AuthInviteMember', additionalProperties: false },
)
export type InviteMemberBody = Static<typeof InviteMemberBody>

/** The schema of the operation `inviteMember`. */
export const inviteMember = {
  operationId: 'inviteMember',
  summary: 'Invite a person to an organisation',
  description:
    'Requires the role admin. The role of the user must include the role of the invitation. To invite an owner, the user must have signed in or called `reauthenticate` in the last five minutes. Mails a link to the address. A further invitation to the same address replaces the earlier one. The response does not depend on whether the address has an account.',
  tags: ['Organisations'],
  security: signedIn,
  params: OrganizationParams,
  querystring: NoQuery,
  body: reference(InviteMemberBody),
  response: {
    202: reference(Invitation, { description: 'The invitation is stored, and the outbox worker sends it' }),
    ...errorResponses({
      body: true,
      401: unauthenticatedCodes,
      403: [
        'FAST_AUTH_CROSS_SITE_REQUEST',
        'FAST_AUTH_SESSION_REQUIRED',
        'FAST_AUTH_ROLE_REQUIRED',
        ...recentProofCodes,
      ],
      404: ['FAST_AUTH_ORGANIZATION_NOT_FOUND'],
      409: ['FAST_AUTH_ORGANIZATION_FULL', 'FAST_AUTH_PERSONAL_ORGANIZATION'],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
    }),
  },
} satisfies OperationSchema
