import { Type } from '@sinclair/typebox'
import { errorResponses, recentProofCodes, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { OrganizationParams } from './fields.js'

/** The schema of the operation `deleteOrganization`. */
export const deleteOrganization = {
  operationId: 'deleteOrganization',
  summary: 'Delete an organisation',
  description:
    'Requires the role owner, and that the user signed in or called `reauthenticate` in the last five minutes. Its memberships, invitations and API keys are deleted too. The accounts and sessions of its members stay. A personal organisation is deleted only with its user.',
  tags: ['Organisations'],
  security: signedIn,
  params: OrganizationParams,
  querystring: NoQuery,
  response: {
    204: Type.Null({ description: 'The organisation is deleted' }),
    ...errorResponses({
      body: false,
      401: unauthenticatedCodes,
      403: [
        'FAST_AUTH_CROSS_SITE_REQUEST',
        'FAST_AUTH_SESSION_REQUIRED',
        'FAST_AUTH_ROLE_REQUIRED',
        ...recentProofCodes,
      ],
      404: ['FAST_AUTH_ORGANIZATION_NOT_FOUND'],
      409: ['FAST_AUTH_PERSONAL_ORGANIZATION'],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
    }),
  },
} satisfies OperationSchema
