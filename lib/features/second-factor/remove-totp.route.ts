import { removeTotp as schema } from '../../../schemas/second-factor/remove-totp.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { FeatureRoute } from '../feature.js'
import { recentProofSeconds } from '../passwords/prove-recently.js'
import type { OwnDependencies } from './dependencies.js'
import { removeTotp } from './remove-totp.js'

export const removeTotpRoute: FeatureRoute<OwnDependencies> = (scope, { dependencies, guards, clock }) => {
  const onRequest = guards.requireSecondFactor({ maxAgeSeconds: recentProofSeconds })
  scope.delete('/second-factor/totp', { schema, onRequest }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    await removeTotp(dependencies, { userId, sessionId, client: requestOriginOf(request), now: clock() })
    return reply.code(204).send(null)
  })
}
