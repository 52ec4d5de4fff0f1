import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { NewApiKey } from './api-key.js'

const RequestedApiKey = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'A label for people. At most 100 characters; leading and trailing whitespace is removed.',
      examples: ['nightly reports'],
    }),
    scopes: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
        maxItems: 100,
        uniqueItems: true,
        description:
          'The scopes that the key grants; the application must know each. A key without scopes can call only routes that require none.',
        examples: [['reports:read']],
      }),
    ),
    expiresAt: Type.Optional(
      Type.String({
        format: 'date-time',
        maxLength: 40,
        description: 'An RFC 3339 time in the future. Default: the application decides when the key expires.',
        examples: ['2027-01-01T00:00:00Z'],
      }),
    ),
  },
  { $id: 'fast-auth.AuthCreateApiKey', additionalProperties: false },
)

/** The body of a request of `createApiKey`. `organizationId` exists only with organisations: see `schemasWithOrganizations`. */
export const CreateApiKeyBody = Type.Unsafe<Static<typeof RequestedApiKey> & { organizationId?: string }>(
  RequestedApiKey,
)
export type CreateApiKeyBody = Static<typeof CreateApiKeyBody>

/** The schema of the operation `createApiKey`. */
export const createApiKey = {
  operationId: 'createApiKey',
  summary: 'Create an API key',
  description: 'No later response contains the key.',
  tags: ['API keys'],
  security: signedIn,
  querystring: NoQuery,
  body: reference(CreateApiKeyBody),
  response: {
    201: reference(NewApiKey, { description: 'The key is created and valid immediately' }),
    ...errorResponses({
      body: true,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
      409: ['FAST_AUTH_API_KEY_LIMIT_REACHED'],
    }),
  },
} satisfies OperationSchema
