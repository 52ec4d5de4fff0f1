import { signUp as schema } from '../../../schemas/accounts/sign-up.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { hashes } from '../../http/route-cost.js'
import type { Route } from '../route-dependencies.js'
import { signUp } from './sign-up.js'

export const signUpRoute: Route = (
  scope,
  { dependencies, cookies, knownDevices, crossSiteGuard, quantizeResponseTime, defaultTransport, clock },
) => {
  scope.post('/sign-up', { schema, ...hashes }, async (request, reply) => {
    const { transport = defaultTransport, ...credentials } = request.body
    if (transport === 'cookie' || cookies.areSentWith(request)) crossSiteGuard(request)
    const now = clock()
    const asked = { ...credentials, client: requestOriginOf(request), now }
    const mustNotTell = dependencies.email?.requireConfirmation === true
    const issued = await (mustNotTell
      ? quantizeResponseTime(() => signUp(dependencies, asked))
      : signUp(dependencies, asked))
    if (issued === null) {
      reply.code(202)
      return { status: 'confirmation_required' as const }
    }
    knownDevices.remember(request, reply, { user: issued.user, transport, now })
    reply.code(201)
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
