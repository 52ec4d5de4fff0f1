import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { Id, NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'

/** The parameters in the path of `deleteApiKey`. */
export const DeleteApiKeyParams = Type.Object({ id: Id }, { additionalProperties: false })
export type DeleteApiKeyParams = Static<typeof DeleteApiKeyParams>

/** The schema of the operation `deleteApiKey`. */
export const deleteApiKey = {
  operationId: 'deleteApiKey',
  summary: 'Delete an API key',
  tags: ['API keys'],
  security: signedIn,
  params: DeleteApiKeyParams,
  querystring: NoQuery,
  response: {
    204: Type.Null({ description: 'The key is deleted and no longer accepted' }),
    ...errorResponses({
      body: false,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
      404: ['FAST_AUTH_API_KEY_NOT_FOUND'],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
    }),
  },
} satisfies OperationSchema
