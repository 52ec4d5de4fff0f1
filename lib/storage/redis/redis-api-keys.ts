import { compareText } from '../compare-text.js'
import { type ApiKeyRecord, type ApiKeyStore, type ListApiKeys, planApiKeyRoll } from '../storage.js'
import {
  addApiKey,
  readApiKey,
  readApiKeysOf,
  recordApiKeyEnd,
  removeApiKeys,
  toApiKey,
  writeApiKey,
} from './api-key-records.js'
import { isLive } from './lifetime.js'
import type { MakeVerb } from './redis-verb.js'
import type { Transaction } from './transaction.js'
import { readEnabledUser, toUser } from './user-records.js'

const usedAt = ({ lastUsedAt }: ApiKeyRecord) => lastUsedAt ?? Number.MIN_SAFE_INTEGER

const comparisons: Record<ListApiKeys['sortBy'], (one: ApiKeyRecord, other: ApiKeyRecord) => number> = {
  createdAt: (one, other) => one.createdAt - other.createdAt,
  name: (one, other) => compareText(one.name, other.name),
  lastUsedAt: (one, other) => usedAt(one) - usedAt(other),
}

async function hasRoom({ keys, ids }: Transaction, userId: string, maximum: number): Promise<boolean> {
  const apiKeyIds = await ids(keys.apiKeysOf(userId))
  return apiKeyIds.length < maximum
}

/** Of several uses of one key the last. */
function lastUses(uses: readonly { readonly apiKeyId: string; readonly lastUsedAt: number }[]): Map<string, number> {
  const last = new Map<string, number>()
  for (const { apiKeyId, lastUsedAt } of uses) {
    last.set(apiKeyId, Math.max(last.get(apiKeyId) ?? lastUsedAt, lastUsedAt))
  }
  return last
}

export function redisApiKeys(verb: MakeVerb): ApiKeyStore {
  return {
    create: verb(async (transaction, { apiKey, maximumPerUser }) => {
      const { userId } = apiKey
      if ((await readEnabledUser(transaction, userId)) === null) return { outcome: 'unknownUser' }
      if (!(await hasRoom(transaction, userId, maximumPerUser))) return { outcome: 'limitReached' }
      await addApiKey(transaction, apiKey)
      return { outcome: 'created' }
    }),

    /** Keys come by their ids, and a sort leaves those that are equal in their order. */
    list: verb(async (transaction, { userId, limit, offset, sortBy, sortOrder }) => {
      const apiKeys = await readApiKeysOf(transaction, userId)
      const direction = sortOrder === 'asc' ? 1 : -1
      apiKeys.sort((one, other) => direction * comparisons[sortBy](one, other))
      return { items: apiKeys.slice(offset, offset + limit), total: apiKeys.length }
    }),

    findByHash: verb(async ({ keys, follow }, { hash, now }) => {
      const links = [{ key: keys.apiKey }, { field: 'userId', key: keys.user }]
      const [, apiKeyText, userText] = await follow(keys.apiKeyIdByHash(hash), links)
      if (typeof apiKeyText !== 'string' || typeof userText !== 'string') return null
      const apiKey = toApiKey(apiKeyText)
      return isLive(apiKey, now) ? { apiKey, user: toUser(userText) } : null
    }),

    delete: verb(async (transaction, { apiKeyId, userId, now }) => {
      const apiKey = await readApiKey(transaction, apiKeyId)
      if (apiKey === null || apiKey.userId !== (userId ?? apiKey.userId)) return { outcome: 'unknown' }
      removeApiKeys(transaction, [apiKey], now)
      return { outcome: 'deleted' }
    }),

    roll: verb(async (transaction, request) => {
      const { apiKeyId, userId, maximumPerUser, now } = request
      const rolled = await readApiKey(transaction, apiKeyId)
      if (rolled?.userId !== userId || (await readEnabledUser(transaction, userId)) === null)
        return { outcome: 'unknown' }
      const { successor, predecessor } = planApiKeyRoll(rolled, request)
      if (predecessor !== null && !(await hasRoom(transaction, userId, maximumPerUser)))
        return { outcome: 'limitReached' }
      await addApiKey(transaction, successor)
      if (predecessor === null) removeApiKeys(transaction, [rolled], now)
      else {
        writeApiKey(transaction, predecessor)
        recordApiKeyEnd(transaction, apiKeyId, now)
      }
      return { outcome: 'rolled', successor }
    }),

    touch: verb(async (transaction, { uses }) => {
      for (const [apiKeyId, lastUsedAt] of lastUses(uses)) {
        const apiKey = await readApiKey(transaction, apiKeyId)
        if (apiKey !== null && usedAt(apiKey) < lastUsedAt) writeApiKey(transaction, { ...apiKey, lastUsedAt })
      }
    }),
  }
}
