import type { ApiKeyRecord, ApiKeyStore, ListApiKeys } from '../storage.js'
import { compareText } from './compare-text.js'
import { deleteApiKeys, isLive, type MemoryTables, ofUser } from './memory-tables.js'
import type { MakeVerb } from './memory-verb.js'

const usedAt = ({ lastUsedAt }: ApiKeyRecord) => lastUsedAt ?? Number.MIN_SAFE_INTEGER

const comparisons: Record<ListApiKeys['sortBy'], (one: ApiKeyRecord, other: ApiKeyRecord) => number> = {
  createdAt: (one, other) => one.createdAt - other.createdAt,
  name: (one, other) => compareText(one.name, other.name),
  lastUsedAt: (one, other) => usedAt(one) - usedAt(other),
}

export function memoryApiKeys(tables: MemoryTables, verb: MakeVerb): ApiKeyStore {
  return {
    create: verb(({ apiKey, maximumPerUser }) => {
      if (!tables.users.has(apiKey.userId)) return { outcome: 'unknownUser' }
      if (ofUser(tables.apiKeys, apiKey.userId).length >= maximumPerUser) return { outcome: 'limitReached' }
      if (tables.apiKeyIdsByHash.has(apiKey.hash)) throw new Error('Another API key has this hash')
      tables.apiKeys.set(apiKey.id, apiKey)
      tables.apiKeyIdsByHash.set(apiKey.hash, apiKey.id)
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

    touch: verb(({ uses }) => {
      for (const { apiKeyId, lastUsedAt } of uses) {
        const apiKey = tables.apiKeys.get(apiKeyId)
        if (apiKey === undefined) continue
        tables.apiKeys.set(apiKeyId, { ...apiKey, lastUsedAt: Math.max(usedAt(apiKey), lastUsedAt) })
      }
    }),
  }
}
