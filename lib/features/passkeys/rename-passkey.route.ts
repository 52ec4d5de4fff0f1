import { renamePasskey as schema } from '../../../schemas/passkeys/rename-passkey.js'
import { currentSession } from '../../http/guards.js'
import { requestOriginOf } from '../../http/request-origin-of.js'
import type { FeatureRoute } from '../feature.js'
import { publicPasskey } from './answer-passkey.js'
import type { OwnDependencies } from './dependencies.js'
import { renamePasskey } from './rename-passkey.js'

export const renamePasskeyRoute: FeatureRoute<OwnDependencies> = (scope, { dependencies, guards, clock }) => {
  scope.patch('/passkeys/:id', { schema, onRequest: guards.requireSession }, async request => {
    const { id: userId, sessionId } = currentSession(request)
    const passkeyId = request.params.id.toLowerCase()
    const client = requestOriginOf(request)
    const asking = { userId, sessionId, passkeyId, name: request.body.name, client, now: clock() }
    return publicPasskey(await renamePasskey(dependencies, asking))
  })
}
