import { type Static, Type } from '@sinclair/typebox'
import { NewApiKey } from './api-key.js'
import { errorResponses, unauthenticatedCodes } from './error-responses.js'
import { NoQuery } from './fields.js'
import { type OperationSchema, signedIn } from './operation-schema.js'
import { reference } from './reference.js'

export const CreateApiKeyBody = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'For people. At most 100 characters; blanks around it are dropped.',
      examples: ['nightly reports'],
    }),
    scopes: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
        maxItems: 100,
        uniqueItems: true,
        description: 'What the key may do, of the scopes that the application knows. Without any: what needs no scope.',
        examples: [['reports:read']],
      }),
    ),
    expiresAt: Type.Optional(
      Type.String({
        format: 'date-time',
        maxLength: 40,
        description: 'RFC 3339, in the future. Without it the application decides how long the key lives.',
        examples: ['2027-01-01T00:00:00Z'],
      }),
    ),
  },
  { $id: 'fast-auth.AuthCreateApiKey', additionalProperties: false },
)
export type CreateApiKeyBody = Static<typeof CreateApiKeyBody>

export const createApiKey = {
  operationId: 'createApiKey',
  summary: 'Make an API key',
  description: 'The answer is the only one that ever holds the key.',
  tags: ['API keys'],
  security: signedIn,
  querystring: NoQuery,
  body: reference(CreateApiKeyBody),
  response: {
    201: reference(NewApiKey, { description: 'The key is good from now on' }),
    ...errorResponses({
      body: true,
      401: unauthenticatedCodes,
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
      409: ['FAST_AUTH_API_KEY_LIMIT_REACHED'],
    }),
  },
} satisfies OperationSchema
