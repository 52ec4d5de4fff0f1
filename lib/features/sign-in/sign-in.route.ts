import { signIn as schema } from '../../../schemas/sign-in/sign-in.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { hashes } from '../../http/route-cost.js'
import type { Route } from '../route-dependencies.js'
import { signIn } from './sign-in.js'

export const signInRoute: Route = (
  scope,
  { dependencies, cookies, knownDevices, crossSiteGuard, defaultTransport, clock },
) => {
  scope.post('/sign-in', { schema, ...hashes }, async (request, reply) => {
    const { transport = defaultTransport, ...credentials } = request.body
    if (transport === 'cookie' || cookies.areSentWith(request)) crossSiteGuard(request)
    const now = clock()
    const devices = knownDevices.devicesOf(request, now)
    const issued = await signIn(dependencies, { ...credentials, devices, client: requestOriginOf(request), now })
    knownDevices.remember(request, reply, { user: issued.user, transport, now })
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
