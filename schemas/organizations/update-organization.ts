import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { OrganizationName, OrganizationParams } from './fields.js'
import { Organization } from './organization.js'

/** The body of a request of `updateOrganization`. */
export const UpdateOrganizationBody = Type.Object(
  { name: OrganizationName },
  { $id: 'fast-auth.AuthUpdateOrganization', additionalProperties: false },
)
export type UpdateOrganizationBody = Static<typeof UpdateOrganizationBody>

/** The schema of the operation `updateOrganization`. */
export const updateOrganization = {
  operationId: 'updateOrganization',
  summary: 'Rename an organisation',
  description: 'Requires the role admin.',
  tags: ['Organisations'],
  security: signedIn,
  params: OrganizationParams,
  querystring: NoQuery,
  body: reference(UpdateOrganizationBody),
  response: {
    200: reference(Organization, { description: 'The renamed organisation' }),
    ...errorResponses({
      body: true,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED', 'FAST_AUTH_ROLE_REQUIRED'],
      404: ['FAST_AUTH_ORGANIZATION_NOT_FOUND'],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
    }),
  },
} satisfies OperationSchema
