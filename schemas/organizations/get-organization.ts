import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedInOrApiKey } from '../operation-schema.js'
import { reference } from '../reference.js'
import { OrganizationParams } from './fields.js'
import { Organization } from './organization.js'

/** The schema of the operation `getOrganization`. */
export const getOrganization = {
  operationId: 'getOrganization',
  summary: 'Get an organisation',
  description: 'Requires a membership. Other users get 404, as for an unknown id.',
  tags: ['Organisations'],
  security: signedInOrApiKey,
  params: OrganizationParams,
  querystring: NoQuery,
  response: {
    200: reference(Organization, { description: 'The organisation' }),
    ...errorResponses({
      body: false,
      401: unauthenticatedCodes,
      404: ['FAST_AUTH_ORGANIZATION_NOT_FOUND'],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
    }),
  },
} satisfies OperationSchema
