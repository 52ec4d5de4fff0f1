import { registerPasskey as schema } from '../../../schemas/passkeys/register-passkey.js'
import { provenIn } from '../../http/guard.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { FeatureRoute } from '../feature.js'
import { publicPasskey } from './answer-passkey.js'
import type { OwnDependencies } from './dependencies.js'
import { registerPasskey } from './register-passkey.js'

export const registerPasskeyRoute: FeatureRoute<OwnDependencies> = (scope, { dependencies, setupGuards, clock }) => {
  scope.post('/passkeys', { schema, onRequest: setupGuards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const { credential, name } = request.body
    const proof = { proven: provenIn(request), client: requestOriginOf(request) }
    const asking = { userId, sessionId, credential, name, ...proof, now: clock() }
    const passkey = await registerPasskey(dependencies, asking)
    reply.code(201)
    return publicPasskey(passkey)
  })
}
