import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { ApiKey } from './api-key.js'

/** The query of `listApiKeys`. */
export const ListApiKeysQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 })),
    sortBy: Type.Optional(
      Type.Unsafe<'createdAt' | 'name' | 'lastUsedAt'>({
        type: 'string',
        enum: ['createdAt', 'name', 'lastUsedAt'],
        default: 'createdAt',
        description: 'Names are sorted by code point. A key that has not been used sorts as the least recently used.',
      }),
    ),
    sortOrder: Type.Optional(Type.Unsafe<'asc' | 'desc'>({ type: 'string', enum: ['asc', 'desc'], default: 'desc' })),
  },
  { additionalProperties: false },
)
export type ListApiKeysQuery = Static<typeof ListApiKeysQuery>

/** The body of a response of `listApiKeys`. */
export const ApiKeyList = Type.Object(
  {
    items: Type.Array(reference(ApiKey)),
    total: Type.Integer({ minimum: 0, description: 'The number of keys on all pages' }),
    limit: Type.Integer({ description: 'The requested limit, or the default' }),
    offset: Type.Integer({ description: 'The requested offset, or the default' }),
  },
  { $id: 'fast-auth.AuthApiKeyList' },
)
export type ApiKeyList = Static<typeof ApiKeyList>

/** The schema of the operation `listApiKeys`. */
export const listApiKeys = {
  operationId: 'listApiKeys',
  summary: 'List the API keys of the user',
  description: 'Includes expired keys. Keys with equal sort values are ordered by id.',
  tags: ['API keys'],
  security: signedIn,
  querystring: ListApiKeysQuery,
  response: {
    200: reference(ApiKeyList, { description: 'One page of keys' }),
    ...errorResponses({ body: false, 401: unauthenticatedCodes, 403: ['FAST_AUTH_SESSION_REQUIRED'] }),
  },
} satisfies OperationSchema
