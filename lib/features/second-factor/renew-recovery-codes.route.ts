import { renewRecoveryCodes as schema } from '../../../schemas/second-factor/renew-recovery-codes.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { FeatureRoute } from '../feature.js'
import { recentProofSeconds } from '../passwords/prove-recently.js'
import type { OwnDependencies } from './dependencies.js'
import { renewRecoveryCodes } from './renew-recovery-codes.js'

export const renewRecoveryCodesRoute: FeatureRoute<OwnDependencies> = (scope, { dependencies, guards, clock }) => {
  const onRequest = guards.requireSecondFactor({ maxAgeSeconds: recentProofSeconds })
  scope.post('/second-factor/recovery-codes', { schema, onRequest }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const client = requestOriginOf(request)
    const recoveryCodes = await renewRecoveryCodes(dependencies, { userId, sessionId, client, now: clock() })
    reply.code(201)
    return { recoveryCodes: [...recoveryCodes] }
  })
}
