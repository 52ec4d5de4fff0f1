import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { Id, NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { NewApiKey } from './api-key.js'

/** The parameters in the path of `rollApiKey`. */
export const RollApiKeyParams = Type.Object({ id: Id }, { additionalProperties: false })
export type RollApiKeyParams = Static<typeof RollApiKeyParams>

/** The body of a request of `rollApiKey`. */
export const RollApiKeyBody = Type.Object(
  {
    overlapSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 2_592_000,
        default: 0,
        description: 'Seconds for which the old key stays valid, unless it expires earlier. 0 deletes it immediately.',
      }),
    ),
  },
  { $id: 'fast-auth.AuthRollApiKey', additionalProperties: false },
)
export type RollApiKeyBody = Static<typeof RollApiKeyBody>

/** The schema of the operation `rollApiKey`. */
export const rollApiKey = {
  operationId: 'rollApiKey',
  summary: 'Replace an API key with a new one',
  description: 'The new key has the same name, scopes and lifetime as the old one. No later response contains it.',
  tags: ['API keys'],
  security: signedIn,
  params: RollApiKeyParams,
  querystring: NoQuery,
  body: reference(RollApiKeyBody),
  response: {
    201: reference(NewApiKey, {
      description: 'The new key is valid immediately; the old key stays valid for the requested overlap',
    }),
    ...errorResponses({
      body: true,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
      404: ['FAST_AUTH_API_KEY_NOT_FOUND'],
      409: ['FAST_AUTH_API_KEY_LIMIT_REACHED'],
      414: ['FST_ERR_MAX_PARAM_LENGTH'],
    }),
  },
} satisfies OperationSchema
