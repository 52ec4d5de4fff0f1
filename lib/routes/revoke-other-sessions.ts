import { revokeOtherSessions as schema } from '../../schemas/revoke-other-sessions.js'
import { clientOf } from '../http/client-of.js'
import { currentSession } from '../http/guards.js'
import { revokeOtherSessions } from '../operations/revoke-other-sessions.js'
import type { Route } from './route-rooms.js'

export const revokeOtherSessionsRoute: Route = (scope, { rooms, guards, clock }) => {
  scope.delete('/sessions', { schema, onRequest: guards.requireSession }, async request => {
    const { id: userId, sessionId } = currentSession(request)
    const revoked = await revokeOtherSessions(rooms, { userId, sessionId, client: clientOf(request), now: clock() })
    return { revoked }
  })
}
