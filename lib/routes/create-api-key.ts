import { createApiKey as schema } from '../../schemas/create-api-key.js'
import { publicNewApiKey } from '../http/answer-api-key.js'
import { currentSession } from '../http/guards.js'
import { readTimestamp } from '../http/read-timestamp.js'
import { requestOriginOf } from '../http/request-origin-of.js'
import { createApiKey } from '../operations/create-api-key.js'
import type { Route } from './route-dependencies.js'

export const createApiKeyRoute: Route = (scope, { dependencies, guards, clock }) => {
  scope.post('/api-keys', { schema, onRequest: guards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const { name, scopes, expiresAt } = request.body
    const created = await createApiKey(dependencies, {
      userId,
      sessionId,
      name,
      scopes,
      expiresAt: expiresAt === undefined ? undefined : readTimestamp(expiresAt, 'expiresAt'),
      client: requestOriginOf(request),
      now: clock(),
    })
    reply.code(201)
    return publicNewApiKey(created)
  })
}
