import { signUp as schema } from '../../schemas/sign-up.js'
import { answerSignedIn } from '../http/answer-signed-in.js'
import { clientOf } from '../http/client-of.js'
import { signUp } from '../operations/sign-up.js'
import type { Route } from './route-rooms.js'

export const signUpRoute: Route = (scope, { rooms, cookies, crossSiteGuard, defaultTransport, clock }) => {
  scope.post('/sign-up', { schema }, async (request, reply) => {
    crossSiteGuard(request)
    const { transport = defaultTransport, ...credentials } = request.body
    const now = clock()
    const signedIn = await signUp(rooms, { ...credentials, client: clientOf(request), now })
    if (signedIn === null) {
      reply.code(202)
      return { status: 'confirmation_required' as const }
    }
    reply.code(201)
    return answerSignedIn(reply, cookies, signedIn, { transport, now })
  })
}
