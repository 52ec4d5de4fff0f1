import { requestSignInCode as schema } from '../../../schemas/email-codes/request-sign-in-code.js'
import { timestamp } from '../../http/answer-issued-tokens.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { sendsMessage } from '../../http/route-cost.js'
import type { EmailCodeRoute } from './dependencies.js'
import { ownRequest } from './own-request.js'
import { codeLifetime, requestSignInCode } from './request-sign-in-code.js'

export const requestSignInCodeRoute: EmailCodeRoute = (
  scope,
  { dependencies, cookies, crossSiteGuard, quantizeResponseTime, defaultTransport, clock },
) => {
  scope.post('/sign-in/email', { schema, ...sendsMessage }, async (request, reply) => {
    const { email, transport = defaultTransport } = request.body
    if (transport === 'cookie' || cookies.areSentWith(request)) crossSiteGuard(request)
    const now = clock()
    const earlier =
      transport === 'cookie' ? ownRequest(dependencies, cookies.signIns(request), { transport, now }) : null
    const asked = { email, transport, earlier, client: requestOriginOf(request), now }
    const { expiresAt, token } = await quantizeResponseTime(() => requestSignInCode(dependencies, asked))
    reply.code(202)
    const answer = { status: 'accepted' as const, expiresAt: timestamp(expiresAt) }
    if (transport === 'token') return { ...answer, signInToken: token }
    cookies.setSignIn(reply, token, codeLifetime / 1000)
    return answer
  })
}
