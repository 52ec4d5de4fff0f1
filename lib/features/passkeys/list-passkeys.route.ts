import { listPasskeys as schema } from '../../../schemas/passkeys/list-passkeys.js'
import { currentSession } from '../../http/guards.js'
import type { FeatureRoute } from '../feature.js'
import { publicPasskey } from './answer-passkey.js'
import type { OwnDependencies } from './dependencies.js'

export const listPasskeysRoute: FeatureRoute<OwnDependencies> = (scope, { dependencies, setupGuards }) => {
  const { passkeyStore, passkeySettings } = dependencies
  scope.get('/passkeys', { schema, onRequest: setupGuards.requireSession }, async request => {
    const passkeys = await passkeyStore.list({ userId: currentSession(request).id })
    return { items: passkeys.map(publicPasskey), rpId: passkeySettings.rpId }
  })
}
