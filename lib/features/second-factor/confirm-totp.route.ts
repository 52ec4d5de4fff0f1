import { confirmTotp as schema } from '../../../schemas/second-factor/confirm-totp.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { continuedTransport } from '../../http/continued-transport.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { FeatureRoute } from '../feature.js'
import { confirmTotp } from './confirm-totp.js'
import type { OwnDependencies } from './dependencies.js'

export const confirmTotpRoute: FeatureRoute<OwnDependencies> = (
  scope,
  { dependencies, cookies, crossSiteGuard, setupGuards, clock },
) => {
  const options = { schema, onRequest: setupGuards.requireSession }
  scope.post('/second-factor/totp/confirm', options, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const { transport: chosen, code } = request.body
    const transport = continuedTransport(request, chosen)
    if (transport === 'cookie') crossSiteGuard(request)
    const now = clock()
    const client = requestOriginOf(request)
    const { issued, recoveryCodes } = await confirmTotp(dependencies, { userId, sessionId, code, client, now })
    return { ...answerIssuedTokens(reply, cookies, issued, { transport, now }), recoveryCodes: [...recoveryCodes] }
  })
}
