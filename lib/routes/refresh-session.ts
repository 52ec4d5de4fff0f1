import { refreshSession as schema } from '../../schemas/refresh-session.js'
import { UnauthenticatedError, ValidationError } from '../errors/index.js'
import { answerSignedIn } from '../http/answer-signed-in.js'
import { clientOf } from '../http/client-of.js'
import { refreshSession } from '../operations/refresh-session.js'
import type { Route } from './route-rooms.js'

export const refreshSessionRoute: Route = (scope, { rooms, cookies, crossSiteGuard, clock }) => {
  scope.post('/refresh', { schema }, async (request, reply) => {
    const fromCookie = cookies.refreshToken(request)
    const fromBody = request.body.refreshToken
    if (fromCookie !== undefined && fromBody !== undefined) {
      throw new ValidationError('refreshToken', 'oneWay', 'must not be sent beside the refresh cookie')
    }
    if (fromCookie !== undefined) crossSiteGuard(request)
    const refreshToken = fromCookie ?? fromBody
    if (refreshToken === undefined) throw new UnauthenticatedError()
    const now = clock()
    const signedIn = await refreshSession(rooms, { refreshToken, client: clientOf(request), now })
    return answerSignedIn(reply, cookies, signedIn, { transport: fromCookie === undefined ? 'token' : 'cookie', now })
  })
}
