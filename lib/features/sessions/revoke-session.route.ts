import { revokeSession as schema } from '../../../schemas/sessions/revoke-session.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { Route } from '../route-dependencies.js'
import { revokeSession } from './revoke-session.js'

export const revokeSessionRoute: Route = (scope, { dependencies, guards, clock }) => {
  scope.delete('/sessions/:id', { schema, onRequest: guards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId: askingSessionId } = currentSession(request)
    await revokeSession(dependencies, {
      userId,
      askingSessionId,
      sessionId: request.params.id.toLowerCase(),
      client: requestOriginOf(request),
      now: clock(),
    })
    return reply.code(204).send(null)
  })
}
