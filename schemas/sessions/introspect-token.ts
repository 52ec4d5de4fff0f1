import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { Id, NoQuery } from '../fields.js'
import { type OperationSchema, signedInOrApiKey } from '../operation-schema.js'
import type { CurrentOrganization } from '../organizations/fields.js'
import { reference } from '../reference.js'

/** The body of a request of `introspectToken`. */
export const IntrospectTokenBody = Type.Object(
  {
    token: Type.String({
      minLength: 1,
      maxLength: 4096,
      description: 'A token of a session, or an API key',
    }),
  },
  { $id: 'fast-auth.AuthIntrospectToken', additionalProperties: false },
)
export type IntrospectTokenBody = Static<typeof IntrospectTokenBody>

const seconds = (description: string) => Type.Optional(Type.Integer({ description, examples: [1_767_268_800] }))

const TokenState = Type.Object(
  {
    active: Type.Boolean({ description: 'Whether the server accepts the token at this moment' }),
    tokenType: Type.Optional(
      Type.Unsafe<'access_token' | 'refresh_token' | 'api_key'>({
        type: 'string',
        enum: ['access_token', 'refresh_token', 'api_key'],
      }),
    ),
    sub: Type.Optional(Type.String({ format: 'uuid', description: "The user's id" })),
    sessionId: Type.Optional(Id),
    scopes: Type.Optional(Type.Array(Type.String(), { description: 'The scopes of the API key' })),
    iat: seconds('When the token was issued, in seconds since the Unix epoch'),
    exp: seconds('When the token expires, in seconds since the Unix epoch; absent if it does not expire'),
  },
  { $id: 'fast-auth.AuthIntrospection' },
)

/**
 * RFC 7662, section 2.2, in camelCase. For an inactive token it contains only `active`. `organization` exists only with
 * organisations: see `schemasWithOrganizations`.
 */
export const Introspection = Type.Unsafe<Static<typeof TokenState> & { organization?: CurrentOrganization }>(TokenState)
export type Introspection = Static<typeof Introspection>

/** The schema of the operation `introspectToken`. */
export const introspectToken = {
  operationId: 'introspectToken',
  summary: 'Check whether a token is active',
  description:
    'Reads the storage, so the result is current; the token is not used up. A client with a session or an API key can check the tokens of its own user. A service with an introspection secret, sent as bearer token, can check every token. Expired and revoked tokens, tokens of other users and malformed tokens all get `{ "active": false }`.',
  tags: ['Tokens'],
  security: [...signedInOrApiKey, { introspectionSecret: [] }],
  querystring: NoQuery,
  body: reference(IntrospectTokenBody),
  response: {
    200: reference(Introspection, { description: 'The state of the token' }),
    ...errorResponses({ body: true, 401: unauthenticatedCodes, 403: ['FAST_AUTH_CROSS_SITE_REQUEST'] }),
  },
} satisfies OperationSchema
