import { startTotp as schema } from '../../../schemas/second-factor/start-totp.js'
import { timestamp } from '../../http/answer-issued-tokens.js'
import { currentSession } from '../../http/guards.js'
import type { FeatureRoute } from '../feature.js'
import { recentProofSeconds } from '../passwords/prove-recently.js'
import type { OwnDependencies } from './dependencies.js'
import { startTotp } from './start-totp.js'

export const startTotpRoute: FeatureRoute<OwnDependencies> = (scope, { dependencies, setupGuards, clock }) => {
  const onRequest = setupGuards.requireRecentSignIn({ maxAgeSeconds: recentProofSeconds })
  scope.post('/second-factor/totp', { schema, onRequest }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const { expiresAt, ...started } = await startTotp(dependencies, { userId, sessionId, now: clock() })
    reply.code(201)
    return { ...started, expiresAt: timestamp(expiresAt) }
  })
}
