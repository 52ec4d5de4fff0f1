import { revokeSession as schema } from '../../schemas/revoke-session.js'
import { clientOf } from '../http/client-of.js'
import { currentSession } from '../http/guards.js'
import { revokeSession } from '../operations/revoke-session.js'
import type { Route } from './route-rooms.js'

export const revokeSessionRoute: Route = (scope, { rooms, guards, clock }) => {
  scope.delete('/sessions/:id', { schema, onRequest: guards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId: askingSessionId } = currentSession(request)
    await revokeSession(rooms, {
      userId,
      askingSessionId,
      sessionId: request.params.id.toLowerCase(),
      client: clientOf(request),
      now: clock(),
    })
    return reply.code(204).send(null)
  })
}
