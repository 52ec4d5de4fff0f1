import { startPasskeyRegistration as schema } from '../../../schemas/passkeys/start-passkey-registration.js'
import { provenIn } from '../../http/guard.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { FeatureRoute } from '../feature.js'
import type { OwnDependencies } from './dependencies.js'
import { startPasskeyRegistration } from './start-passkey-registration.js'

export const startPasskeyRegistrationRoute: FeatureRoute<OwnDependencies> = (
  scope,
  { dependencies, setupGuards, clock },
) => {
  scope.post('/passkeys/options', { schema, onRequest: setupGuards.requireSession }, request => {
    const { id: userId, sessionId } = currentSession(request)
    const asking = { userId, sessionId, proven: provenIn(request), client: requestOriginOf(request), now: clock() }
    return startPasskeyRegistration(dependencies, asking)
  })
}
