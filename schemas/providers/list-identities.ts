import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { Identity } from './identity.js'

/** The body of a response of `listIdentities`. */
export const IdentityList = Type.Object(
  { items: Type.Array(reference(Identity)) },
  { $id: 'fast-auth.AuthIdentityList' },
)
export type IdentityList = Static<typeof IdentityList>

/** The schema of the operation `listIdentities`. */
export const listIdentities = {
  operationId: 'listIdentities',
  summary: 'List the accounts of the user at other providers',
  description: 'All of them, the oldest first.',
  tags: ['Other providers'],
  security: signedIn,
  querystring: NoQuery,
  response: {
    200: reference(IdentityList, { description: 'The identities' }),
    ...errorResponses({ body: false, 401: unauthenticatedCodes, 403: ['FAST_AUTH_SESSION_REQUIRED'] }),
  },
} satisfies OperationSchema
