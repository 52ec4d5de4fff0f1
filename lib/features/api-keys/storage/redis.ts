import type { MembershipPart } from '../../../storage/membership-part.js'
import { isLive } from '../../../storage/redis/lifetime.js'
import { type DefineMethod, reserving } from '../../../storage/redis/redis-method.js'
import { isAskedInTime } from '../../../storage/redis/session-records.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import { readEnabledUser, toUser } from '../../../storage/redis/user-records.js'
import { compareApiKeys } from '../compare-api-keys.js'
import { planApiKeyRoll } from '../plan-api-key-roll.js'
import type { ApiKeyStore } from '../port.js'
import { apiKeyKeys } from './redis-keys.js'
import {
  addApiKey,
  readApiKey,
  readApiKeysOf,
  recordApiKeyEnd,
  removeApiKeys,
  toApiKey,
  writeApiKey,
} from './redis-records.js'

async function hasRoom({ keys, ids }: Transaction, userId: string, maximum: number): Promise<boolean> {
  const apiKeyIds = await ids(apiKeyKeys(keys).apiKeysOf(userId))
  return apiKeyIds.length < maximum
}

/** @param memberships reads the memberships of users */
export function redisApiKeys(method: DefineMethod, memberships: MembershipPart<Transaction>): ApiKeyStore {
  return {
    create: method(async (transaction, { apiKey, maximumPerUser, asking }) => {
      const { userId, organizationId } = apiKey
      if ((await readEnabledUser(transaction, userId)) === null) return { outcome: 'unknownUser' }
      if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded' }
      if (organizationId !== null && (await memberships.lockRole(transaction, { organizationId, userId })) === null)
        return { outcome: 'unknownOrganization' }
      if (!(await hasRoom(transaction, userId, maximumPerUser))) return { outcome: 'limitReached' }
      await addApiKey(transaction, apiKey)
      return { outcome: 'created' }
    }),

    list: method(async (transaction, { userId, limit, offset, ...order }) => {
      const apiKeys = (await readApiKeysOf(transaction, userId)).sort(compareApiKeys(order))
      return { items: apiKeys.slice(offset, offset + limit), total: apiKeys.length }
    }),

    findByHash: method(async (transaction, { hash, now }) => {
      const { keys, follow } = transaction
      const { apiKey: keyOf, apiKeyIdByHash } = apiKeyKeys(keys)
      const links = [{ key: keyOf }, { field: 'userId', key: keys.user }]
      const [, apiKeyText, userText] = await follow(apiKeyIdByHash(hash), links)
      if (typeof apiKeyText !== 'string' || typeof userText !== 'string') return null
      const apiKey = toApiKey(apiKeyText)
      if (!isLive(apiKey, now)) return null
      const { userId, organizationId } = apiKey
      const user = toUser(userText)
      if (organizationId === null) return { apiKey, user, role: null }
      const role = await memberships.roleOf(transaction, { organizationId, userId })
      return role === null ? null : { apiKey, user, role }
    }),

    delete: method(async (transaction, { apiKeyId, userId, asking, now }) => {
      const apiKey = await readApiKey(transaction, apiKeyId)
      const ownerId = userId ?? apiKey?.userId ?? ''
      if (!(await isAskedInTime(transaction, ownerId, asking))) return { outcome: 'sessionEnded' }
      if (apiKey === null || apiKey.userId !== (userId ?? apiKey.userId)) return { outcome: 'unknown' }
      removeApiKeys(transaction, [apiKey], now)
      return { outcome: 'deleted' }
    }, reserving),

    roll: method(async (transaction, request) => {
      const { apiKeyId, userId, maximumPerUser, now } = request
      const rolled = await readApiKey(transaction, apiKeyId)
      if (!(await isAskedInTime(transaction, userId, request.asking))) return { outcome: 'sessionEnded' }
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

    touch: method(async (transaction, { uses }) => {
      /** Sorted, so the latest of several uses of one key is written last. */
      const inOrder = [...uses].sort((one, other) => one.lastUsedAt - other.lastUsedAt)
      const touched = inOrder.map(async ({ apiKeyId, lastUsedAt }) => {
        const apiKey = await readApiKey(transaction, apiKeyId)
        return apiKey && { ...apiKey, lastUsedAt: Math.max(apiKey.lastUsedAt ?? lastUsedAt, lastUsedAt) }
      })
      for (const apiKey of await Promise.all(touched)) if (apiKey !== null) writeApiKey(transaction, apiKey)
    }),
  }
}
