import { changePasswordWithRecentProof, changePassword as schema } from '../../../schemas/passwords/change-password.js'
import { answerIssuedTokens } from '../../http/answer-issued-tokens.js'
import { continuedTransport } from '../../http/continued-transport.js'
import { provenIn } from '../../http/guard.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import { hashes } from '../../http/route-cost.js'
import type { Route } from '../route-dependencies.js'
import { changePassword } from './change-password.js'

export const changePasswordRoute: Route = (
  scope,
  { dependencies, cookies, knownDevices, crossSiteGuard, guards, clock },
) => {
  const operation = dependencies.hasReauthentication ? changePasswordWithRecentProof : schema
  const options = { schema: operation, ...hashes, onRequest: guards.requireSession }
  scope.post('/password/change', options, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const { transport: chosen, ...passwords } = request.body
    const transport = continuedTransport(request, chosen)
    if (transport === 'cookie') crossSiteGuard(request)
    const now = clock()
    const issued = await changePassword(dependencies, {
      ...passwords,
      userId,
      sessionId,
      proven: provenIn(request),
      client: requestOriginOf(request),
      now,
    })
    knownDevices.remember(request, reply, { user: issued.user, transport, now })
    return answerIssuedTokens(reply, cookies, issued, { transport, now })
  })
}
