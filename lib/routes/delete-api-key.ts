import { deleteApiKey as schema } from '../../schemas/delete-api-key.js'
import { clientOf } from '../http/client-of.js'
import { currentSession } from '../http/guards.js'
import { deleteApiKey } from '../operations/delete-api-key.js'
import type { Route } from './route-rooms.js'

export const deleteApiKeyRoute: Route = (scope, { rooms, guards, clock }) => {
  scope.delete('/api-keys/:id', { schema, onRequest: guards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const apiKeyId = request.params.id.toLowerCase()
    await deleteApiKey(rooms, { userId, sessionId, apiKeyId, client: clientOf(request), now: clock() })
    return reply.code(204).send(null)
  })
}
