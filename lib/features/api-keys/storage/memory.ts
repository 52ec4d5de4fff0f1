import type { DefineMethod } from '../../../storage/memory/memory-method.js'
import {
  deleteApiKeys,
  enabledUser,
  isAskedInTime,
  isLive,
  type MemoryTables,
  ofUser,
  recordApiKeyEnd,
} from '../../../storage/memory/memory-tables.js'
import type { ApiKeyRecord } from '../api-key-record.js'
import { compareApiKeys } from '../compare-api-keys.js'
import { planApiKeyRoll } from '../plan-api-key-roll.js'
import type { ApiKeyStore } from '../port.js'

function insert(tables: MemoryTables, apiKey: ApiKeyRecord): void {
  if (tables.apiKeyIdsByHash.has(apiKey.hash)) throw new Error('Another API key has this hash')
  tables.apiKeys.set(apiKey.id, apiKey)
  tables.apiKeyIdsByHash.set(apiKey.hash, apiKey.id)
}

export function memoryApiKeys(tables: MemoryTables, method: DefineMethod): ApiKeyStore {
  return {
    create: method(({ apiKey, maximumPerUser, asking }) => {
      if (enabledUser(tables, apiKey.userId) === undefined) return { outcome: 'unknownUser' }
      if (!isAskedInTime(tables, apiKey.userId, asking)) return { outcome: 'sessionEnded' }
      if (ofUser(tables.apiKeys, apiKey.userId).length >= maximumPerUser) return { outcome: 'limitReached' }
      insert(tables, apiKey)
      return { outcome: 'created' }
    }),

    list: method(({ userId, limit, offset, ...order }) => {
      const apiKeys = ofUser(tables.apiKeys, userId).sort(compareApiKeys(order))
      return { items: apiKeys.slice(offset, offset + limit), total: apiKeys.length }
    }),

    findByHash: method(({ hash, now }) => {
      const apiKey = tables.apiKeys.get(tables.apiKeyIdsByHash.get(hash) ?? '')
      const user = apiKey && tables.users.get(apiKey.userId)
      if (apiKey === undefined || user === undefined || !isLive(apiKey, now)) return null
      return { apiKey, user }
    }),

    delete: method(({ apiKeyId, userId, asking, now }) => {
      const apiKey = tables.apiKeys.get(apiKeyId)
      if (!isAskedInTime(tables, userId ?? apiKey?.userId ?? '', asking)) return { outcome: 'sessionEnded' }
      if (apiKey === undefined || apiKey.userId !== (userId ?? apiKey.userId)) return { outcome: 'unknown' }
      deleteApiKeys(tables, [apiKey], now)
      return { outcome: 'deleted' }
    }),

    roll: method(request => {
      const { apiKeyId, userId, maximumPerUser, now } = request
      const rolled = tables.apiKeys.get(apiKeyId)
      if (!isAskedInTime(tables, userId, request.asking)) return { outcome: 'sessionEnded' }
      if (rolled?.userId !== userId || enabledUser(tables, userId) === undefined) return { outcome: 'unknown' }
      const { successor, predecessor } = planApiKeyRoll(rolled, request)
      if (predecessor !== null && ofUser(tables.apiKeys, userId).length >= maximumPerUser)
        return { outcome: 'limitReached' }
      insert(tables, successor)
      recordApiKeyEnd(tables, apiKeyId, now)
      if (predecessor === null) deleteApiKeys(tables, [rolled], now)
      else tables.apiKeys.set(apiKeyId, predecessor)
      return { outcome: 'rolled', successor }
    }),

    touch: method(({ uses }) => {
      for (const { apiKeyId, lastUsedAt } of uses) {
        const apiKey = tables.apiKeys.get(apiKeyId)
        if (apiKey === undefined) continue
        const latest = Math.max(apiKey.lastUsedAt ?? lastUsedAt, lastUsedAt)
        tables.apiKeys.set(apiKeyId, { ...apiKey, lastUsedAt: latest })
      }
    }),
  }
}
