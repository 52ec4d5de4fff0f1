import { deleteApiKey as schema } from '../../../schemas/api-keys/delete-api-key.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { FeatureRoute } from '../feature.js'
import { deleteApiKey } from './delete-api-key.js'
import type { OwnDependencies } from './dependencies.js'

export const deleteApiKeyRoute: FeatureRoute<OwnDependencies> = (scope, { dependencies, guards, clock }) => {
  scope.delete('/api-keys/:id', { schema, onRequest: guards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const apiKeyId = request.params.id.toLowerCase()
    await deleteApiKey(dependencies, { userId, sessionId, apiKeyId, client: requestOriginOf(request), now: clock() })
    return reply.code(204).send(null)
  })
}
