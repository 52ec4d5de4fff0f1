import {
  type ApiKeyRecord,
  type ApiKeyStore,
  type EpochMilliseconds,
  type ListApiKeys,
  planApiKeyRoll,
} from 'fast-auth/storage'
import { findMembership } from './organization-records.ts'
import type { DefineMethod } from './step.ts'
import { type Change, compareText, enabledUser, isAskedInTime, isLive, ofUser, revoke, type Tables } from './tables.ts'

/** Records the end of a key, or its earlier expiry: processes that have cached it must read it again. */
export function notifyEnd({ id }: ApiKeyRecord, now: EpochMilliseconds): Change {
  return revoke({ kind: 'apiKey', id, generation: null, revokedAt: now })
}

/** Removes API keys and records them in the feed, in one step. */
export function endApiKeys(apiKeys: readonly ApiKeyRecord[], now: EpochMilliseconds): readonly Change[] {
  return apiKeys.flatMap((apiKey): readonly Change[] => [['apiKeys', apiKey.id, null], notifyEnd(apiKey, now)])
}

/** The time of the last use of a key that was never used: earlier than all others. */
const never = Number.MIN_SAFE_INTEGER

const comparisons: Record<ListApiKeys['sortBy'], (one: ApiKeyRecord, other: ApiKeyRecord) => number> = {
  createdAt: (one, other) => one.createdAt - other.createdAt,
  name: (one, other) => compareText(one.name, other.name),
  lastUsedAt: (one, other) => (one.lastUsedAt ?? never) - (other.lastUsedAt ?? never),
}

export function customApiKeys(tables: Tables, method: DefineMethod): ApiKeyStore {
  const findByHash = (hash: string) => [...tables.apiKeys.values()].find(apiKey => apiKey.hash === hash)

  function insert(apiKey: ApiKeyRecord): Change {
    if (findByHash(apiKey.hash) !== undefined) throw new Error('Another API key has this hash')
    return ['apiKeys', apiKey.id, apiKey]
  }

  return {
    create: method(({ apiKey, maximumPerUser, asking }, write) => {
      const { userId, organizationId } = apiKey
      if (enabledUser(tables, userId) === undefined) return { outcome: 'unknownUser' }
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      const isMember = organizationId === null || findMembership(tables, { organizationId, userId }) !== null
      if (!isMember) return { outcome: 'unknownOrganization' }
      const isFull = ofUser(tables.apiKeys, userId).length >= maximumPerUser
      if (isFull) return { outcome: 'limitReached' }
      write([insert(apiKey)])
      return { outcome: 'created' }
    }),

    list: method(({ userId, limit, offset, sortBy, sortOrder }) => {
      const apiKeys = ofUser(tables.apiKeys, userId)
      const direction = sortOrder === 'asc' ? 1 : -1
      apiKeys.sort((one, other) => direction * comparisons[sortBy](one, other) || compareText(one.id, other.id))
      return { items: apiKeys.slice(offset, offset + limit), total: apiKeys.length }
    }),

    findByHash: method(({ hash, now }) => {
      const apiKey = findByHash(hash)
      const user = apiKey && tables.users.get(apiKey.userId)
      if (apiKey === undefined || user === undefined || !isLive(apiKey, now)) return null
      const { userId, organizationId } = apiKey
      if (organizationId === null) return { apiKey, user, role: null }
      const membership = findMembership(tables, { organizationId, userId })
      return membership && { apiKey, user, role: membership.role }
    }),

    delete: method(({ apiKeyId, userId, asking, now }, write) => {
      const apiKey = tables.apiKeys.get(apiKeyId)
      if (!isAskedInTime(tables, userId ?? apiKey?.userId ?? '', asking)) return { outcome: 'sessionEnded' }
      if (apiKey === undefined || apiKey.userId !== (userId ?? apiKey.userId)) return { outcome: 'unknown' }
      write(endApiKeys([apiKey], now))
      return { outcome: 'deleted' }
    }),

    roll: method((request, write) => {
      const { apiKeyId, userId, maximumPerUser, now } = request
      const rolled = tables.apiKeys.get(apiKeyId)
      if (!isAskedInTime(tables, userId, request.asking)) return { outcome: 'sessionEnded' }
      if (rolled?.userId !== userId || enabledUser(tables, userId) === undefined) return { outcome: 'unknown' }
      const { successor, predecessor } = planApiKeyRoll(rolled, request)
      const isFull = predecessor !== null && ofUser(tables.apiKeys, userId).length >= maximumPerUser
      if (isFull) return { outcome: 'limitReached' }
      write([insert(successor), ['apiKeys', apiKeyId, predecessor], notifyEnd(rolled, now)])
      return { outcome: 'rolled', successor }
    }),

    touch: method(({ uses }, write) => {
      // Sorts the uses, so that the latest is written last.
      for (const { apiKeyId, lastUsedAt } of uses.toSorted((one, other) => one.lastUsedAt - other.lastUsedAt)) {
        const apiKey = tables.apiKeys.get(apiKeyId)
        const isLater = apiKey !== undefined && lastUsedAt > (apiKey.lastUsedAt ?? never)
        if (isLater) write([['apiKeys', apiKeyId, { ...apiKey, lastUsedAt }]])
      }
    }),
  }
}
