import { signUp as schema } from '../../schemas/sign-up.js'
import { answerSignedIn } from '../http/answer-signed-in.js'
import { clientOf } from '../http/client-of.js'
import { inEvenTime } from '../http/in-even-time.js'
import { signUp } from '../operations/sign-up.js'
import type { Route } from './route-rooms.js'

export const signUpRoute: Route = (
  scope,
  { rooms, cookies, knownDevices, crossSiteGuard, defaultTransport, clock },
) => {
  scope.post('/sign-up', { schema }, async (request, reply) => {
    const { transport = defaultTransport, ...credentials } = request.body
    if (transport === 'cookie' || cookies.areSentWith(request)) crossSiteGuard(request)
    const now = clock()
    const asked = { ...credentials, client: clientOf(request), now }
    const mustNotTell = rooms.email?.requireConfirmation === true
    const signedIn = await (mustNotTell ? inEvenTime(() => signUp(rooms, asked)) : signUp(rooms, asked))
    if (signedIn === null) {
      reply.code(202)
      return { status: 'confirmation_required' as const }
    }
    knownDevices.remember(request, reply, { userId: signedIn.user.id, transport, now })
    reply.code(201)
    return answerSignedIn(reply, cookies, signedIn, { transport, now })
  })
}
