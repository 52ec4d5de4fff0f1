import { listApiKeys as schema } from '../../schemas/list-api-keys.js'
import { publicApiKey } from '../http/answer-api-key.js'
import { currentSession } from '../http/guards.js'
import { listApiKeys } from '../operations/list-api-keys.js'
import type { Route } from './route-dependencies.js'

export const listApiKeysRoute: Route = (scope, { dependencies, guards }) => {
  scope.get('/api-keys', { schema, onRequest: guards.requireSession }, async request => {
    const { limit = 20, offset = 0, sortBy = 'createdAt', sortOrder = 'desc' } = request.query
    const { id: userId } = currentSession(request)
    const { items, total } = await listApiKeys(dependencies, { userId, limit, offset, sortBy, sortOrder })
    return { items: items.map(publicApiKey), total, limit, offset }
  })
}
