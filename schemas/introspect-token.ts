import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from './error-responses.js'
import { Id, NoQuery } from './fields.js'
import { type OperationSchema, signedIn } from './operation-schema.js'
import { reference } from './reference.js'

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

/** RFC 7662, section 2.2, in camelCase. Of a token that is not active it says nothing else. */
export const Introspection = Type.Object(
  {
    active: Type.Boolean({ description: 'Whether the token would be honoured now' }),
    tokenType: Type.Optional(
      Type.Unsafe<'access_token' | 'refresh_token' | 'api_key'>({
        type: 'string',
        enum: ['access_token', 'refresh_token', 'api_key'],
      }),
    ),
    sub: Type.Optional(Type.String({ format: 'uuid', description: "The user's id" })),
    sessionId: Type.Optional(Id),
    scopes: Type.Optional(Type.Array(Type.String(), { description: 'What an API key may do' })),
    iat: seconds('When it was made, in seconds since the Unix epoch'),
    exp: seconds('When it ends, in seconds since the Unix epoch; not there where it does not end by itself'),
  },
  { $id: 'fast-auth.AuthIntrospection' },
)
export type Introspection = Static<typeof Introspection>

export const introspectToken = {
  operationId: 'introspectToken',
  summary: 'Is this token good?',
  description:
    'Asks the storage, so that the answer holds at this moment; nothing is used up by asking. Whoever is signed in, or has an API key, learns about their own tokens; a service with an introspection secret, sent as bearer token, about everybody’s. Dead, foreign and unreadable tokens all get `{ "active": false }`.',
  tags: ['Tokens'],
  security: [...signedIn, { introspectionSecret: [] }],
  querystring: NoQuery,
  body: reference(IntrospectTokenBody),
  response: {
    200: reference(Introspection, { description: 'What the token is worth' }),
    ...errorResponses({ body: true, 401: unauthenticatedCodes, 403: ['FAST_AUTH_CROSS_SITE_REQUEST'] }),
  },
} satisfies OperationSchema
