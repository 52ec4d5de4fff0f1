import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { type OperationSchema, signedInOrApiKey } from '../operation-schema.js'
import { reference } from '../reference.js'
import { Next, PageQuery } from './fields.js'
import { Organization } from './organization.js'

/** The body of a response of `listOrganizations`. */
export const OrganizationList = Type.Object(
  { items: Type.Array(reference(Organization)), next: Next },
  { $id: 'fast-auth.AuthOrganizationList' },
)
export type OrganizationList = Static<typeof OrganizationList>

/** The schema of the operation `listOrganizations`. */
export const listOrganizations = {
  operationId: 'listOrganizations',
  summary: 'List the organisations of the user',
  description: 'Ordered by id. An API key of an organisation sees only that one.',
  tags: ['Organisations'],
  security: signedInOrApiKey,
  querystring: PageQuery,
  response: {
    200: reference(OrganizationList, { description: 'One page of organisations' }),
    ...errorResponses({ body: false, 401: unauthenticatedCodes }),
  },
} satisfies OperationSchema
