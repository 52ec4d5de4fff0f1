import { rollApiKey as schema } from '../../../schemas/api-keys/roll-api-key.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { FeatureRoute } from '../feature.js'
import { publicNewApiKey } from './answer-api-key.js'
import type { OwnDependencies } from './dependencies.js'
import { rollApiKey } from './roll-api-key.js'

export const rollApiKeyRoute: FeatureRoute<OwnDependencies> = (scope, { dependencies, guards, clock }) => {
  scope.post('/api-keys/:id/roll', { schema, onRequest: guards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const apiKeyId = request.params.id.toLowerCase()
    const { overlapSeconds = 0 } = request.body
    const client = requestOriginOf(request)
    const rolled = await rollApiKey(dependencies, { userId, sessionId, apiKeyId, overlapSeconds, client, now: clock() })
    reply.code(201)
    return publicNewApiKey(rolled)
  })
}
