import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { Id, NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'

/** The parameters in the path of `revokeSession`. */
export const RevokeSessionParams = Type.Object({ id: Id }, { additionalProperties: false })
export type RevokeSessionParams = Static<typeof RevokeSessionParams>

/** The schema of the operation `revokeSession`. */
export const revokeSession = {
  operationId: 'revokeSession',
  summary: 'End one session',
  tags: ['Sessions'],
  security: signedIn,
  params: RevokeSessionParams,
  querystring: NoQuery,
  response: {
    204: Type.Null({ description: 'The session has ended and its tokens are revoked' }),
    ...errorResponses({
      body: false,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
      404: ['FAST_AUTH_SESSION_NOT_FOUND'],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
    }),
  },
} satisfies OperationSchema
