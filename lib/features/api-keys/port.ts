import type { AskingSession } from '../../storage/asking-session.js'
import type { EpochMilliseconds, UserRecord } from '../../storage/records.js'
import type { StorageMethods } from '../../storage/storage-methods.js'
import type { ApiKeyHash, ApiKeyRecord } from './api-key-record.js'
import type { RollApiKey } from './plan-api-key-roll.js'

/** A request to create an API key. */
export interface CreateApiKey {
  readonly apiKey: ApiKeyRecord
  /** Maximum number of keys that the user may have, including expired keys and the new one. */
  readonly maximumPerUser: number
  readonly asking?: AskingSession
}

/** A request for a page of the API keys of a user. */
export interface ListApiKeys {
  readonly userId: string
  readonly limit: number
  readonly offset: number
  /**
   * Ties are ordered by `id`, ascending. In descending order, keys that were never used come last. Names compare by code
   * point.
   */
  readonly sortBy: 'createdAt' | 'name' | 'lastUsedAt'
  readonly sortOrder: 'asc' | 'desc'
}

/** A page of API keys. */
export interface ApiKeyPage {
  readonly items: readonly ApiKeyRecord[]
  /** Total number of the user's keys. */
  readonly total: number
}

/** A request to delete an API key. */
export interface DeleteApiKey {
  readonly apiKeyId: string
  /** If given, the key is removed only if it belongs to this user. */
  readonly userId?: string
  readonly asking?: AskingSession
  readonly now: EpochMilliseconds
}

/** The outcome of rolling an API key. */
export type RolledApiKey =
  | { readonly outcome: 'rolled'; readonly successor: ApiKeyRecord }
  | { readonly outcome: 'limitReached' }
  | { readonly outcome: 'sessionEnded' }
  | { readonly outcome: 'unknown' }

/** The outcome of creating an API key. */
export type ApiKeyCreation = {
  readonly outcome: 'created' | 'limitReached' | 'sessionEnded' | 'unknownUser' | 'unknownOrganization'
}

/** A live key and its user. */
export interface FoundApiKey {
  readonly apiKey: ApiKeyRecord
  readonly user: UserRecord
  /** The role of the user in the organisation of the key. `null` if the key acts in none. */
  readonly role: string | null
}

/** The outcome of deleting an API key. */
export type ApiKeyDeletion = { readonly outcome: 'deleted' | 'sessionEnded' | 'unknown' }

/**
 * API keys. Every method is one atomic step; none reads a clock. `sessionEnded`: `asking` is given, but is not a live
 * session of the key's user. The method then writes nothing.
 */
export interface ApiKeyStore {
  /**
   * Creates a key. `unknownUser`: no user has this id, or the user is disabled. `limitReached`: the user has the maximum
   * number of keys; concurrent calls never exceed it together. `unknownOrganization`: the key names an organisation, and the user
   * is not a member. None of them writes anything. If several apply, it is the first of `unknownUser`, `sessionEnded`,
   * `unknownOrganization` and `limitReached`.
   */
  create(request: CreateApiKey): Promise<ApiKeyCreation>

  /** Returns a page of the user's keys, including expired ones. */
  list(request: ListApiKeys): Promise<ApiKeyPage>

  /**
   * Returns the live key (`expiresAt` is `null` or `now < expiresAt`) with its user, who may be disabled; `null` if there is
   * none. A key of an organisation is live only while its user is a member.
   */
  findByHash(request: { readonly hash: ApiKeyHash; readonly now: EpochMilliseconds }): Promise<FoundApiKey | null>

  /** Removes the key and records it in the revocation feed. `unknown`: the key does not exist or belongs to another user. */
  delete(request: DeleteApiKey): Promise<ApiKeyDeletion>

  /**
   * Replaces a key with a successor in one step, as `planApiKeyRoll` decides. The key is recorded in the revocation feed,
   * even if it stays valid during the overlap. Without an overlap, exactly one of several concurrent calls gets `rolled`;
   * with an overlap, a key may be rolled again. `unknown`: the key does not exist, belongs to another user, or its user is
   * disabled. `limitReached` is possible only with an overlap. None of them writes anything. If several apply, it is the first of
   * `sessionEnded`, `unknown` and `limitReached`.
   */
  roll(request: RollApiKey): Promise<RolledApiKey>

  /** Records when keys were last used. Never replaces a time with an earlier one. Skips keys that no longer exist. */
  touch(request: {
    readonly uses: readonly { readonly apiKeyId: string; readonly lastUsedAt: EpochMilliseconds }[]
  }): Promise<void>
}

/** The methods of the storage that API keys need. */
export const apiKeyMethods = {
  apiKeys: ['create', 'list', 'findByHash', 'delete', 'roll', 'touch'],
} as const satisfies StorageMethods
