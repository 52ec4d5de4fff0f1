import { changePassword as schema } from '../../schemas/change-password.js'
import { answerSignedIn } from '../http/answer-signed-in.js'
import { clientOf } from '../http/client-of.js'
import { currentSession } from '../http/guards.js'
import { changePassword } from '../operations/change-password.js'
import type { Route } from './route-rooms.js'

export const changePasswordRoute: Route = (scope, { rooms, cookies, crossSiteGuard, guards, clock }) => {
  scope.post('/password/change', { schema, onRequest: guards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const cameBy = request.headers.authorization === undefined ? 'cookie' : 'token'
    const { transport = cameBy, ...passwords } = request.body
    if (transport === 'cookie') crossSiteGuard(request)
    const now = clock()
    const signedIn = await changePassword(rooms, { ...passwords, userId, sessionId, client: clientOf(request), now })
    return answerSignedIn(reply, cookies, signedIn, { transport, now })
  })
}
