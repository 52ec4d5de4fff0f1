import { listIdentities as schema } from '../../../schemas/providers/list-identities.js'
import { timestamp, timestampOrNull } from '../../http/answer-issued-tokens.js'
import { currentSession } from '../../http/guards.js'
import type { ProviderRoute } from './dependencies.js'

export const listIdentitiesRoute: ProviderRoute = (scope, { dependencies, guards }) => {
  scope.get('/identities', { schema, onRequest: guards.requireSession }, async request => {
    const identities = await dependencies.identities.list({ userId: currentSession(request).id })
    return {
      items: identities.map(({ id, provider, email, createdAt, lastUsedAt }) => ({
        ...{ id, provider, email },
        ...{ createdAt: timestamp(createdAt), lastUsedAt: timestampOrNull(lastUsedAt) },
      })),
    }
  })
}
