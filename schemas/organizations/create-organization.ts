import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { OrganizationName } from './fields.js'
import { Organization } from './organization.js'

/** The body of a request of `createOrganization`. */
export const CreateOrganizationBody = Type.Object(
  { name: OrganizationName },
  { $id: 'fast-auth.AuthCreateOrganization', additionalProperties: false },
)
export type CreateOrganizationBody = Static<typeof CreateOrganizationBody>

/** The schema of the operation `createOrganization`. */
export const createOrganization = {
  operationId: 'createOrganization',
  summary: 'Create an organisation',
  description:
    'The user becomes its owner. The session goes on as before: `switchOrganization` lets it act in the organisation.',
  tags: ['Organisations'],
  security: signedIn,
  querystring: NoQuery,
  body: reference(CreateOrganizationBody),
  response: {
    201: reference(Organization, { description: 'The organisation is created' }),
    ...errorResponses({
      body: true,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
      409: ['FAST_AUTH_ORGANIZATION_LIMIT_REACHED'],
    }),
  },
} satisfies OperationSchema
