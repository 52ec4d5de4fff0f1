import { finishProviderSignUp as schema } from '../../../schemas/providers/finish-provider-sign-up.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { ProviderRoute } from './dependencies.js'
import { ProviderSignUpExpiredError } from './errors.js'
import { finishProviderSignUp } from './finish-provider-sign-up.js'
import { readSignUp } from './pending-sign-up.js'

export const finishProviderSignUpRoute: ProviderRoute = (scope, routeDependencies) => {
  const { dependencies, cookies, knownDevices, crossSiteGuard, clock } = routeDependencies
  scope.post('/sign-up/provider', { schema }, async (request, reply) => {
    const { signInToken, username, profile } = request.body
    const transport = signInToken === undefined ? 'cookie' : 'token'
    if (transport === 'cookie' || cookies.areSentWith(request)) crossSiteGuard(request)
    const now = clock()
    const tokens = signInToken === undefined ? cookies.signIns(request) : [signInToken]
    const pending = readSignUp(dependencies.sealer, tokens, { transport, now })
    if (pending === null) throw new ProviderSignUpExpiredError()
    const client = requestOriginOf(request)
    const issued = await finishProviderSignUp(dependencies, { pending, username, profile, client, now })
    if (transport === 'cookie') cookies.setSignIn(reply, '', 0)
    knownDevices.remember(request, reply, { user: issued.user, transport, now })
    reply.code(201)
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
