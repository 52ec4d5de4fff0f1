import { listApiKeys as schema } from '../../../schemas/api-keys/list-api-keys.js'
import { currentSession } from '../../http/guards.js'
import type { FeatureRoute } from '../feature.js'
import { publicApiKey } from './answer-api-key.js'
import type { OwnDependencies } from './dependencies.js'

export const listApiKeysRoute: FeatureRoute<OwnDependencies> = (scope, { dependencies, guards }) => {
  scope.get('/api-keys', { schema, onRequest: guards.requireSession }, async request => {
    const { limit = 20, offset = 0, sortBy = 'createdAt', sortOrder = 'desc' } = request.query
    const { id: userId } = currentSession(request)
    const { items, total } = await dependencies.apiKeyStore.list({ userId, limit, offset, sortBy, sortOrder })
    return { items: items.map(publicApiKey), total, limit, offset }
  })
}
