import { deleteMe as schema } from '../../schemas/delete-me.js'
import { clientOf } from '../http/client-of.js'
import { currentSession } from '../http/guards.js'
import { deleteMe } from '../operations/delete-me.js'
import type { Route } from './route-rooms.js'

export const deleteMeRoute: Route = (scope, { rooms, cookies, guards, clock }) => {
  scope.delete('/me', { schema, onRequest: guards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    await deleteMe(rooms, { ...request.body, userId, sessionId, client: clientOf(request), now: clock() })
    if (request.headers.authorization === undefined) cookies.expire(reply)
    return reply.code(204).send(null)
  })
}
