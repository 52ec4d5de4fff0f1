import { requestEmailChange as schema } from '../../schemas/request-email-change.js'
import { clientOf } from '../http/client-of.js'
import { currentSession } from '../http/guards.js'
import { inEvenTime } from '../http/in-even-time.js'
import { requestEmailChange } from '../operations/request-email-change.js'
import type { EmailRoute } from './route-rooms.js'

export const requestEmailChangeRoute: EmailRoute = (scope, { rooms, guards, clock }) => {
  scope.post('/email/change', { schema, onRequest: guards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const client = clientOf(request)
    const asked = { ...request.body, userId, sessionId, client, now: clock() }
    await inEvenTime(() => requestEmailChange(rooms, asked))
    reply.code(202)
    return { status: 'accepted' as const }
  })
}
