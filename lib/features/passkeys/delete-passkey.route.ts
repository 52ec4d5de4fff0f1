import { deletePasskey as schema } from '../../../schemas/passkeys/delete-passkey.js'
import { provenIn } from '../../http/guard.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { FeatureRoute } from '../feature.js'
import { deletePasskey } from './delete-passkey.js'
import type { OwnDependencies } from './dependencies.js'

export const deletePasskeyRoute: FeatureRoute<OwnDependencies> = (scope, { dependencies, guards, clock }) => {
  scope.delete('/passkeys/:id', { schema, onRequest: guards.requireSession }, async (request, reply) => {
    const { id: userId, sessionId } = currentSession(request)
    const passkeyId = request.params.id.toLowerCase()
    const client = requestOriginOf(request)
    await deletePasskey(dependencies, { userId, sessionId, passkeyId, proven: provenIn(request), client, now: clock() })
    return reply.code(204).send(null)
  })
}
