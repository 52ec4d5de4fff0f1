import { revokeOtherSessions as schema } from '../../../schemas/sessions/revoke-other-sessions.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { Route } from '../route-dependencies.js'
import { revokeOtherSessions } from './revoke-other-sessions.js'

export const revokeOtherSessionsRoute: Route = (scope, { dependencies, guards, clock }) => {
  scope.delete('/sessions', { schema, onRequest: guards.requireSession }, async request => {
    const { id: userId, sessionId } = currentSession(request)
    const revoked = await revokeOtherSessions(dependencies, {
      userId,
      sessionId,
      client: requestOriginOf(request),
      now: clock(),
    })
    return { revoked }
  })
}
