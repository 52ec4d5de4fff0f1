import { listSessions as schema } from '../../schemas/list-sessions.js'
import { timestamp } from '../http/answer-signed-in.js'
import { currentSession } from '../http/guards.js'
import { listSessions } from '../operations/list-sessions.js'
import type { Route } from './route-rooms.js'

export const listSessionsRoute: Route = (scope, { rooms, guards, clock }) => {
  scope.get('/sessions', { schema, onRequest: guards.requireSession }, async request => {
    const { id: userId, sessionId } = currentSession(request)
    const sessions = await listSessions(rooms, { userId, now: clock() })
    return {
      items: sessions.map(({ id, createdAt, rotatedAt, expiresAt, userAgent, ip }) => ({
        id,
        createdAt: timestamp(createdAt),
        lastSeenAt: timestamp(rotatedAt),
        expiresAt: timestamp(expiresAt),
        userAgent,
        ip,
        current: id === sessionId,
      })),
    }
  })
}
