import { type ApiKeyRecord, type ApiKeyStore, type ListApiKeys, planApiKeyRoll } from '../storage.js'
import { compareText } from './compare-text.js'
import { deleteApiKeys, enabledUser, isLive, type MemoryTables, ofUser, recordApiKeyEnd } from './memory-tables.js'
import type { MakeVerb } from './memory-verb.js'

const usedAt = ({ lastUsedAt }: ApiKeyRecord) => lastUsedAt ?? Number.MIN_SAFE_INTEGER

const comparisons: Record<ListApiKeys['sortBy'], (one: ApiKeyRecord, other: ApiKeyRecord) => number> = {
  createdAt: (one, other) => one.createdAt - other.createdAt,
  name: (one, other) => compareText(one.name, other.name),
  lastUsedAt: (one, other) => usedAt(one) - usedAt(other),
}

function insert(tables: MemoryTables, apiKey: ApiKeyRecord): void {
  if (tables.apiKeyIdsByHash.has(apiKey.hash)) throw new Error('Another API key has this hash')
  tables.apiKeys.set(apiKey.id, apiKey)
  tables.apiKeyIdsByHash.set(apiKey.hash, apiKey.id)
}

export function memoryApiKeys(tables: MemoryTables, verb: MakeVerb): ApiKeyStore {
  return {
    create: verb(({ apiKey, maximumPerUser }) => {
      if (enabledUser(tables, apiKey.userId) === undefined) return { outcome: 'unknownUser' }
      if (ofUser(tables.apiKeys, apiKey.userId).length >= maximumPerUser) return { outcome: 'limitReached' }
      insert(tables, apiKey)
      return { outcome: 'created' }
    }),

    list: verb(({ userId, limit, offset, sortBy, sortOrder }) => {
      const apiKeys = ofUser(tables.apiKeys, userId)
      const direction = sortOrder === 'asc' ? 1 : -1
      apiKeys.sort((one, other) => direction * comparisons[sortBy](one, other) || compareText(one.id, other.id))
      return { items: apiKeys.slice(offset, offset + limit), total: apiKeys.length }
    }),

    findByHash: verb(({ hash, now }) => {
      const apiKey = tables.apiKeys.get(tables.apiKeyIdsByHash.get(hash) ?? '')
      const user = apiKey && tables.users.get(apiKey.userId)
      if (apiKey === undefined || user === undefined || !isLive(apiKey, now)) return null
      return { apiKey, user }
    }),

    delete: verb(({ apiKeyId, userId, now }) => {
      const apiKey = tables.apiKeys.get(apiKeyId)
      if (apiKey === undefined || apiKey.userId !== (userId ?? apiKey.userId)) return { outcome: 'unknown' }
      deleteApiKeys(tables, [apiKey], now)
      return { outcome: 'deleted' }
    }),

    roll: verb(request => {
      const { apiKeyId, userId, maximumPerUser, now } = request
      const rolled = tables.apiKeys.get(apiKeyId)
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

    touch: verb(({ uses }) => {
      for (const { apiKeyId, lastUsedAt } of uses) {
        const apiKey = tables.apiKeys.get(apiKeyId)
        if (apiKey === undefined) continue
        tables.apiKeys.set(apiKeyId, { ...apiKey, lastUsedAt: Math.max(usedAt(apiKey), lastUsedAt) })
      }
    }),
  }
}
