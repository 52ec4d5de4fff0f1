import type { CurrentOrganization, EpochMilliseconds } from '../../storage/records.js'
import type { ApiKeyHash } from './api-key-record.js'

/** The cached data of a key that the storage has confirmed. */
export interface CachedApiKey {
  readonly apiKeyId: string
  readonly userId: string
  readonly email: string
  readonly scopes: readonly string[]
  /** When the key expires: the caller must check it on each use. */
  readonly expiresAt: EpochMilliseconds | null
  /** The organisation in which the key acts. */
  readonly organization: CurrentOrganization | null
}

/** Caches the keys that this process has recently verified, so that using one again costs no storage call. */
export interface ApiKeyCache {
  recall(hash: ApiKeyHash): CachedApiKey | null
  /**
   * Calls `find` and caches its result, unless any key was forgotten meanwhile: the result may be older than the end of that
   * key.
   */
  verify(hash: ApiKeyHash, find: () => Promise<CachedApiKey | null>): Promise<CachedApiKey | null>
  /** Must be called when keys have ended or changed, before that is acknowledged: the storage is asked again. */
  forget(apiKeyIds: readonly string[]): void
  readonly size: number
}

export interface ApiKeyCacheSettings {
  /** How long after the storage was asked a key is forgotten, however often it is used. 0: immediately. */
  readonly rememberSeconds: number
  /** Maximum number of cached keys; the first ones verified are dropped first. */
  readonly maximumSize: number
  /** Milliseconds of a monotonic clock. */
  uptime(): number
}

export function createApiKeyCache(settings: ApiKeyCacheSettings): ApiKeyCache {
  const { rememberSeconds, maximumSize, uptime } = settings
  /** In the order in which the storage was asked. Contains only hashes of keys. */
  const byHash = new Map<ApiKeyHash, { readonly apiKey: CachedApiKey; readonly verifiedAt: number }>()
  const hashesById = new Map<string, ApiKeyHash>()
  let timesForgotten = 0

  function drop(hash: ApiKeyHash, apiKeyId: string): void {
    byHash.delete(hash)
    hashesById.delete(apiKeyId)
  }

  function keep(hash: ApiKeyHash, apiKey: CachedApiKey, verifiedAt: number): void {
    drop(hash, apiKey.apiKeyId)
    byHash.set(hash, { apiKey, verifiedAt })
    hashesById.set(apiKey.apiKeyId, hash)
    for (const [oldest, entry] of byHash) {
      if (byHash.size <= maximumSize) break
      drop(oldest, entry.apiKey.apiKeyId)
    }
  }

  return {
    recall(hash) {
      const entry = byHash.get(hash)
      if (entry === undefined) return null
      return uptime() - entry.verifiedAt < rememberSeconds * 1000 ? entry.apiKey : null
    },

    async verify(hash, find) {
      const askedAt = uptime()
      const timesBefore = timesForgotten
      const apiKey = await find()
      if (apiKey !== null && timesForgotten === timesBefore) keep(hash, apiKey, askedAt)
      return apiKey
    },

    forget(apiKeyIds) {
      timesForgotten += 1
      for (const apiKeyId of apiKeyIds) {
        const hash = hashesById.get(apiKeyId)
        if (hash !== undefined) drop(hash, apiKeyId)
      }
    },

    get size() {
      return byHash.size
    },
  }
}
