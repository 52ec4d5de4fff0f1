import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedInOrApiKey } from '../operation-schema.js'
import type { CurrentOrganization } from '../organizations/fields.js'
import { reference } from '../reference.js'
import { User } from './user.js'

const UserOfCredential = Type.Object(
  {
    user: reference(User),
    via: Type.Unsafe<'session' | 'apiKey'>({
      type: 'string',
      enum: ['session', 'apiKey'],
      description: 'The kind of credential that the request carries',
    }),
    scopes: Type.Optional(Type.Array(Type.String(), { description: 'The scopes of the API key' })),
  },
  { $id: 'fast-auth.AuthMe' },
)

/** The body of a response of `getMe`. `organization` exists only with organisations: see `schemasWithOrganizations`. */
export const Me = Type.Unsafe<Static<typeof UserOfCredential> & { organization?: CurrentOrganization }>(
  UserOfCredential,
)
export type Me = Static<typeof Me>

/** The schema of the operation `getMe`. */
export const getMe = {
  operationId: 'getMe',
  summary: 'Get the authenticated user',
  tags: ['Account'],
  security: signedInOrApiKey,
  querystring: NoQuery,
  response: {
    200: reference(Me, { description: 'The user who owns the credential' }),
    ...errorResponses({ body: false, 401: unauthenticatedCodes }),
  },
} satisfies OperationSchema
