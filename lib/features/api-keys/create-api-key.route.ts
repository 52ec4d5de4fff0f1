import { createApiKey as schema } from '../../../schemas/api-keys/create-api-key.js'
import { currentSession } from '../../http/guards.js'
import { readTimestamp } from '../../http/read-timestamp.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { FeatureRoute } from '../feature.js'
import { publicNewApiKey } from './answer-api-key.js'
import { createApiKey } from './create-api-key.js'
import type { OwnDependencies } from './dependencies.js'

export const createApiKeyRoute: FeatureRoute<OwnDependencies> = (scope, { dependencies, guards, clock }) => {
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
