import { listSessions as schema } from '../../../schemas/sessions/list-sessions.js'
import { timestamp } from '../../http/answer-issued-tokens.js'
import { currentSession } from '../../http/guards.js'
import type { Route } from '../route-dependencies.js'

export const listSessionsRoute: Route = (scope, { dependencies, guards, clock }) => {
  scope.get('/sessions', { schema, onRequest: guards.requireSession }, async request => {
    const { limit = 100, offset = 0 } = request.query
    const { id: userId, sessionId } = currentSession(request)
    const { items, total } = await dependencies.storage.sessions.list({ userId, limit, offset, now: clock() })
    return {
      items: items.map(({ id, createdAt, rotatedAt, expiresAt, userAgent, ip }) => ({
        id,
        createdAt: timestamp(createdAt),
        lastSeenAt: timestamp(rotatedAt),
        expiresAt: timestamp(expiresAt),
        userAgent,
        ip,
        current: id === sessionId,
      })),
      total,
      limit,
      offset,
    }
  })
}
