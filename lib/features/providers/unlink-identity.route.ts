import { unlinkIdentity as schema } from '../../../schemas/providers/unlink-identity.js'
import { provenIn } from '../../http/guard.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { ProviderRoute } from './dependencies.js'
import { unlinkIdentity } from './unlink-identity.js'

export const unlinkIdentityRoute: ProviderRoute = (scope, { dependencies, guards, clock }) => {
  scope.delete('/identities/:id', { schema, onRequest: guards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const identityId = request.params.id.toLowerCase()
    const client = requestOriginOf(request)
    const proven = provenIn(request)
    await unlinkIdentity(dependencies, { userId, sessionId, identityId, proven, client, now: clock() })
    return reply.code(204).send(null)
  })
}
