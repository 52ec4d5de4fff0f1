import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { reference } from '../reference.js'
import { ListedSession } from './session.js'

/** The query of `listSessions`. */
export const ListSessionsQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 100 })),
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 })),
  },
  { additionalProperties: false },
)
export type ListSessionsQuery = Static<typeof ListSessionsQuery>

/** The body of a response of `listSessions`. */
export const SessionList = Type.Object(
  {
    items: Type.Array(reference(ListedSession)),
    total: Type.Integer({ minimum: 0, description: 'Number of all sessions' }),
    limit: Type.Integer({ description: 'As requested' }),
    offset: Type.Integer({ description: 'As requested' }),
  },
  { $id: 'fast-auth.AuthSessionList' },
)
export type SessionList = Static<typeof SessionList>

/** The schema of the operation `listSessions`. */
export const listSessions = {
  operationId: 'listSessions',
  summary: 'List the sessions of the user',
  description: 'Returns a page of the sessions, most recently used first.',
  tags: ['Sessions'],
  security: signedIn,
  querystring: ListSessionsQuery,
  response: {
    200: reference(SessionList, { description: 'A page of the active sessions' }),
    ...errorResponses({ body: false, 401: unauthenticatedCodes, 403: ['FAST_AUTH_SESSION_REQUIRED'] }),
  },
} satisfies OperationSchema
