import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'

/** The body of a response of `revokeOtherSessions`. */
export const RevokedSessions = Type.Object(
  { revoked: Type.Integer({ minimum: 0, description: 'The number of sessions that ended' }) },
  { $id: 'fast-auth.AuthRevokedSessions' },
)
export type RevokedSessions = Static<typeof RevokedSessions>

/** The schema of the operation `revokeOtherSessions`. */
export const revokeOtherSessions = {
  operationId: 'revokeOtherSessions',
  summary: 'End every session except the current one',
  tags: ['Sessions'],
  security: signedIn,
  querystring: NoQuery,
  response: {
    200: reference(RevokedSessions, { description: 'The other sessions have ended and their tokens are revoked' }),
    ...errorResponses({
      body: false,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
    }),
  },
} satisfies OperationSchema
