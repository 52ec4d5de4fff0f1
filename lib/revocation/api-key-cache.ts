import type { ApiKeyHash, EpochMilliseconds } from '../storage/records.js'

/** What is known of a key that the storage has vouched for. */
export interface CachedApiKey {
  readonly apiKeyId: string
  readonly userId: string
  readonly email: string
  readonly scopes: readonly string[]
  /** The key is dead from this instant on: whoever recalls the key looks at it each time. */
  readonly expiresAt: EpochMilliseconds | null
}

/** The keys that this process has verified lately, so that using one again costs no storage call. */
export interface ApiKeyCache {
  recall(hash: ApiKeyHash, now: EpochMilliseconds): CachedApiKey | null
  /**
   * Asks `find`, and remembers what it finds, unless any key was forgotten meanwhile: the answer may be older than that
   * key's end.
   */
  verify(
    hash: ApiKeyHash,
    now: EpochMilliseconds,
    find: () => Promise<CachedApiKey | null>,
  ): Promise<CachedApiKey | null>
  /** Call it when keys have ended or have changed, and before that is acknowledged: the storage is asked again. */
  forget(apiKeyIds: readonly string[]): void
  readonly size: number
}

export interface ApiKeyCacheSettings {
  /** A key is forgotten so long after the storage was asked, however often it is used. 0: at once. */
  readonly rememberSeconds: number
  /** At most so many are remembered; those asked for first go first. */
  readonly maximumSize: number
}

export function createApiKeyCache({ rememberSeconds, maximumSize }: ApiKeyCacheSettings): ApiKeyCache {
  /** In the order in which the storage was asked. No key is here, only its hash. */
  const byHash = new Map<ApiKeyHash, { readonly apiKey: CachedApiKey; readonly verifiedAt: EpochMilliseconds }>()
  const hashesById = new Map<string, ApiKeyHash>()
  let timesForgotten = 0

  function drop(hash: ApiKeyHash, apiKeyId: string): void {
    byHash.delete(hash)
    hashesById.delete(apiKeyId)
  }

  function keep(hash: ApiKeyHash, apiKey: CachedApiKey, verifiedAt: EpochMilliseconds): void {
    drop(hash, apiKey.apiKeyId)
    byHash.set(hash, { apiKey, verifiedAt })
    hashesById.set(apiKey.apiKeyId, hash)
    for (const [oldest, entry] of byHash) {
      if (byHash.size <= maximumSize) break
      drop(oldest, entry.apiKey.apiKeyId)
    }
  }

  return {
    recall(hash, now) {
      const entry = byHash.get(hash)
      if (entry === undefined) return null
      const age = now - entry.verifiedAt
      // A clock that was set back must not make a memory last longer.
      return age >= 0 && age < rememberSeconds * 1000 ? entry.apiKey : null
    },

    async verify(hash, now, find) {
      const timesBefore = timesForgotten
      const apiKey = await find()
      if (apiKey !== null && timesForgotten === timesBefore) keep(hash, apiKey, now)
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
