import { deleteMe as schema } from '../../../schemas/accounts/delete-me.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { hashes } from '../../http/route-cost.js'
import type { Route } from '../route-dependencies.js'
import { deleteMe } from './delete-me.js'

export const deleteMeRoute: Route = (scope, { dependencies, cookies, guards, clock }) => {
  scope.delete('/me', { schema, ...hashes, onRequest: guards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    await deleteMe(dependencies, { ...request.body, userId, sessionId, client: requestOriginOf(request), now: clock() })
    if (request.headers.authorization === undefined) cookies.expire(reply)
    return reply.code(204).send(null)
  })
}
