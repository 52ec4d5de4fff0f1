import { type Static, Type } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from './error-responses.js'
import { NoQuery } from './fields.js'
import { type OperationSchema, signedIn } from './operation-schema.js'
import { reference } from './reference.js'
import { ListedSession } from './session.js'

export const SessionList = Type.Object(
  { items: Type.Array(reference(ListedSession)) },
  { $id: 'fast-auth.AuthSessionList' },
)
export type SessionList = Static<typeof SessionList>

export const listSessions = {
  operationId: 'listSessions',
  summary: 'List the sessions of the user',
  description: 'Returns the 100 most recently used sessions, newest first.',
  tags: ['Sessions'],
  security: signedIn,
  querystring: NoQuery,
  response: {
    200: reference(SessionList, { description: 'The active sessions' }),
    ...errorResponses({ body: false, 401: unauthenticatedCodes, 403: ['FAST_AUTH_SESSION_REQUIRED'] }),
  },
} satisfies OperationSchema
