import type { DefineMethod } from '../../../storage/memory/memory-method.js'
import type {
  MemoryFollowUp,
  MemoryMembershipFollowUp,
  MemoryMembershipPart,
  MemoryPart,
} from '../../../storage/memory/memory-part.js'
import {
  enabledUser,
  isAskedInTime,
  isLive,
  type MemoryTables,
  ofUser,
  recordApiKeyEnd,
} from '../../../storage/memory/memory-tables.js'
import type { EpochMilliseconds } from '../../../storage/records.js'
import type { ApiKeyHash, ApiKeyRecord } from '../api-key-record.js'
import { compareApiKeys } from '../compare-api-keys.js'
import { planApiKeyRoll } from '../plan-api-key-roll.js'
import type { ApiKeyStore } from '../port.js'

function apiKeyTable(tables: MemoryTables) {
  const byId = new Map<string, ApiKeyRecord>()
  const idsByHash = new Map<ApiKeyHash, string>()

  return {
    byId,
    idsByHash,
    insert(apiKey: ApiKeyRecord): void {
      if (idsByHash.has(apiKey.hash)) throw new Error('Another API key has this hash')
      byId.set(apiKey.id, apiKey)
      idsByHash.set(apiKey.hash, apiKey.id)
    },
    /** Removes keys and records them in the revocation feed. Returns their ids. */
    remove(apiKeys: readonly ApiKeyRecord[], now: EpochMilliseconds): string[] {
      return apiKeys.map(({ id, hash }) => {
        byId.delete(id)
        idsByHash.delete(hash)
        recordApiKeyEnd(tables, id, now)
        return id
      })
    },
  }
}

/** @param memberships reads the memberships of users */
export function memoryApiKeys(tables: MemoryTables, method: DefineMethod, memberships: MemoryMembershipPart) {
  const { byId, idsByHash, insert, remove } = apiKeyTable(tables)

  const followUp: MemoryFollowUp = {
    deleted: (_, { userId, now }) => remove(ofUser(byId, userId), now),
    proven: (_, { userId, now }) => remove(ofUser(byId, userId), now),
    disabled(_, { userId, now }) {
      const ids = ofUser(byId, userId).map(({ id }) => id)
      for (const id of ids) recordApiKeyEnd(tables, id, now)
      return ids
    },
  }

  function ofMember(organizationId: string, userId: string): ApiKeyRecord[] {
    return ofUser(byId, userId).filter(apiKey => apiKey.organizationId === organizationId)
  }

  const membershipFollowUp: MemoryMembershipFollowUp = {
    roleChanged(_, { organizationId, userId, now }) {
      const ids = ofMember(organizationId, userId).map(({ id }) => id)
      for (const id of ids) recordApiKeyEnd(tables, id, now)
      return ids
    },
    ended: (_, { organizationId, userId, now }) => remove(ofMember(organizationId, userId), now),
    organizationDeleted(_, { organizationId, now }) {
      const apiKeys = [...byId.values()].filter(apiKey => apiKey.organizationId === organizationId)
      return remove(apiKeys, now)
    },
  }

  const store: ApiKeyStore = {
    create: method(({ apiKey, maximumPerUser, asking }) => {
      const { userId, organizationId } = apiKey
      if (enabledUser(tables, userId) === undefined) return { outcome: 'unknownUser' }
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded' }
      if (organizationId !== null && memberships.lockRole(tables, { organizationId, userId }) === null)
        return { outcome: 'unknownOrganization' }
      if (ofUser(byId, apiKey.userId).length >= maximumPerUser) return { outcome: 'limitReached' }
      insert(apiKey)
      return { outcome: 'created' }
    }),

    list: method(({ userId, limit, offset, ...order }) => {
      const apiKeys = ofUser(byId, userId).sort(compareApiKeys(order))
      return { items: apiKeys.slice(offset, offset + limit), total: apiKeys.length }
    }),

    findByHash: method(({ hash, now }) => {
      const apiKey = byId.get(idsByHash.get(hash) ?? '')
      const user = apiKey && tables.users.get(apiKey.userId)
      if (apiKey === undefined || user === undefined || !isLive(apiKey, now)) return null
      const { organizationId } = apiKey
      // A key ends with the membership of its user, so there is a role.
      const role = organizationId === null ? null : memberships.roleOf(tables, { organizationId, userId: user.id })
      return { apiKey, user, role }
    }),

    delete: method(({ apiKeyId, userId, asking, now }) => {
      const apiKey = byId.get(apiKeyId)
      if (!isAskedInTime(tables, userId ?? apiKey?.userId ?? '', asking)) return { outcome: 'sessionEnded' }
      if (apiKey === undefined || apiKey.userId !== (userId ?? apiKey.userId)) return { outcome: 'unknown' }
      remove([apiKey], now)
      return { outcome: 'deleted' }
    }),

    roll: method(request => {
      const { apiKeyId, userId, maximumPerUser, now } = request
      const rolled = byId.get(apiKeyId)
      if (!isAskedInTime(tables, userId, request.asking)) return { outcome: 'sessionEnded' }
      if (rolled?.userId !== userId || enabledUser(tables, userId) === undefined) return { outcome: 'unknown' }
      const { successor, predecessor } = planApiKeyRoll(rolled, request)
      if (predecessor !== null && ofUser(byId, userId).length >= maximumPerUser) return { outcome: 'limitReached' }
      insert(successor)
      recordApiKeyEnd(tables, apiKeyId, now)
      if (predecessor === null) remove([rolled], now)
      else byId.set(apiKeyId, predecessor)
      return { outcome: 'rolled', successor }
    }),

    touch: method(({ uses }) => {
      for (const { apiKeyId, lastUsedAt } of uses) {
        const apiKey = byId.get(apiKeyId)
        if (apiKey === undefined) continue
        const latest = Math.max(apiKey.lastUsedAt ?? lastUsedAt, lastUsedAt)
        byId.set(apiKeyId, { ...apiKey, lastUsedAt: latest })
      }
    }),
  }

  const part: MemoryPart<ApiKeyStore> = { store, followUp }
  return { ...part, membershipFollowUp }
}
