import { signIn as schema, signInWithSecondFactor } from '../../../schemas/sign-in/sign-in.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { answerWaiting } from '../../http/answer-waiting.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { hashes } from '../../http/route-cost.js'
import type { Route } from '../route-dependencies.js'
import { signIn } from './sign-in.js'

export const signInRoute: Route = (scope, routeDependencies) => {
  const { dependencies, cookies, knownDevices, crossSiteGuard, defaultTransport, clock } = routeDependencies
  // Without second factors, the status 202 does not occur.
  const operation = (
    dependencies.secondFactor === 'off' ? schema : signInWithSecondFactor
  ) as typeof signInWithSecondFactor
  scope.post('/sign-in', { schema: operation, ...hashes }, async (request, reply) => {
    const { transport = defaultTransport, ...credentials } = request.body
    if (transport === 'cookie' || cookies.areSentWith(request)) crossSiteGuard(request)
    const now = clock()
    const devices = knownDevices.devicesOf(request, now)
    const result = await signIn(dependencies, { ...credentials, devices, client: requestOriginOf(request), now })
    if (result.outcome === 'secondFactorRequired')
      return answerWaiting(routeDependencies, reply, result, { transport, now })
    const { issued } = result
    knownDevices.remember(request, reply, { user: issued.user, transport, now })
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
