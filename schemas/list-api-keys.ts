import { type Static, Type } from '@sinclair/typebox'
import { ApiKey } from './api-key.js'
import { errorResponses, unauthenticatedCodes } from './error-responses.js'
import { type OperationSchema, signedIn } from './operation-schema.js'
import { reference } from './reference.js'

export const ListApiKeysQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 })),
    sortBy: Type.Optional(
      Type.Unsafe<'createdAt' | 'name' | 'lastUsedAt'>({
        type: 'string',
        enum: ['createdAt', 'name', 'lastUsedAt'],
        default: 'createdAt',
        description: 'Names by code point. A key that was never used counts as used before all others.',
      }),
    ),
    sortOrder: Type.Optional(Type.Unsafe<'asc' | 'desc'>({ type: 'string', enum: ['asc', 'desc'], default: 'desc' })),
  },
  { additionalProperties: false },
)
export type ListApiKeysQuery = Static<typeof ListApiKeysQuery>

export const ApiKeyList = Type.Object(
  {
    items: Type.Array(reference(ApiKey)),
    total: Type.Integer({ minimum: 0, description: 'How many there are in all' }),
    limit: Type.Integer({ description: 'As asked for' }),
    offset: Type.Integer({ description: 'As asked for' }),
  },
  { $id: 'fast-auth.AuthApiKeyList' },
)
export type ApiKeyList = Static<typeof ApiKeyList>

export const listApiKeys = {
  operationId: 'listApiKeys',
  summary: 'Which API keys have I?',
  description: 'Expired ones too. Keys that are equal in what they are sorted by come by id.',
  tags: ['API keys'],
  security: signedIn,
  querystring: ListApiKeysQuery,
  response: {
    200: reference(ApiKeyList, { description: 'A page of the keys' }),
    ...errorResponses({ body: false, 401: unauthenticatedCodes, 403: ['FAST_AUTH_SESSION_REQUIRED'] }),
  },
} satisfies OperationSchema
