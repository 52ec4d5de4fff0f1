import { signIn as schema } from '../../schemas/sign-in.js'
import { answerSignedIn } from '../http/answer-signed-in.js'
import { clientOf } from '../http/client-of.js'
import { signIn } from '../operations/sign-in.js'
import type { Route } from './route-rooms.js'

export const signInRoute: Route = (
  scope,
  { rooms, cookies, knownDevices, crossSiteGuard, defaultTransport, clock },
) => {
  scope.post('/sign-in', { schema }, async (request, reply) => {
    const { transport = defaultTransport, ...credentials } = request.body
    if (transport === 'cookie' || cookies.areSentWith(request)) crossSiteGuard(request)
    const now = clock()
    const device = knownDevices.deviceOf(request, now)
    const signedIn = await signIn(rooms, { ...credentials, device, client: clientOf(request), now })
    knownDevices.remember(request, reply, { userId: signedIn.user.id, transport, now })
    return answerSignedIn(reply, cookies, signedIn, { transport, now })
  })
}
