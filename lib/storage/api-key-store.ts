import type { AskingSession } from './asking-session.js'
import type { RollApiKey } from './plan-api-key-roll.js'
import type { ApiKeyHash, ApiKeyRecord, EpochMilliseconds, UserRecord } from './records.js'

export interface CreateApiKey {
  readonly apiKey: ApiKeyRecord
  /** How many keys, expired ones included, the user may have, this one counted. */
  readonly maximumPerUser: number
  readonly asking?: AskingSession
}

export interface ListApiKeys {
  readonly userId: string
  readonly limit: number
  readonly offset: number
  /** Equal values are ordered by `id`, ascending. A key never used comes after every used one when descending. Names compare by code point. */
  readonly sortBy: 'createdAt' | 'name' | 'lastUsedAt'
  readonly sortOrder: 'asc' | 'desc'
}

export interface ApiKeyPage {
  readonly items: readonly ApiKeyRecord[]
  /** How many the user has in all. */
  readonly total: number
}

export interface DeleteApiKey {
  readonly apiKeyId: string
  /** When given, only if the key is this user's. */
  readonly userId?: string
  readonly asking?: AskingSession
  readonly now: EpochMilliseconds
}

export type RolledApiKey =
  | { readonly outcome: 'rolled'; readonly successor: ApiKeyRecord }
  | { readonly outcome: 'limitReached' }
  | { readonly outcome: 'sessionEnded' }
  | { readonly outcome: 'unknown' }

export type ApiKeyCreation = { readonly outcome: 'created' | 'limitReached' | 'sessionEnded' | 'unknownUser' }

export type ApiKeyDeletion = { readonly outcome: 'deleted' | 'sessionEnded' | 'unknown' }

/**
 * API keys. Every method is one all-or-nothing step; none reads a clock. `sessionEnded`: `asking` is given, and is not a live
 * session of the key's user. Nothing is written then.
 */
export interface ApiKeyStore {
  /**
   * `unknownUser`: nobody has this id, or they are disabled. That and `limitReached` write nothing. Calls at once never
   * exceed the limit together.
   */
  create(request: CreateApiKey): Promise<ApiKeyCreation>

  /** The user's keys, expired ones included. */
  list(request: ListApiKeys): Promise<ApiKeyPage>

  /** The live key (`expiresAt` is `null` or `now < expiresAt`) and whose it is, disabled or not; or `null`. */
  findByHash(request: {
    readonly hash: ApiKeyHash
    readonly now: EpochMilliseconds
  }): Promise<{ readonly apiKey: ApiKeyRecord; readonly user: UserRecord } | null>

  /** Removes the key and puts it into the revocation feed. `unknown`: no such key, or not this user's. */
  delete(request: DeleteApiKey): Promise<ApiKeyDeletion>

  /**
   * Makes a successor and ends the key, as `planApiKeyRoll` has it, in one step; the key is put into the revocation feed,
   * also where it is good for a while yet. Of any number of calls at once without an overlap exactly one is told `rolled`;
   * with an overlap a key may be rolled again. `unknown`: no such key, not this user's, or they are disabled. That and `limitReached`,
   * which without an overlap nobody is told, write nothing.
   */
  roll(request: RollApiKey): Promise<RolledApiKey>

  /** Records when keys were last used; never moves an instant back. Keys that are gone are passed over. */
  touch(request: {
    readonly uses: readonly { readonly apiKeyId: string; readonly lastUsedAt: EpochMilliseconds }[]
  }): Promise<void>
}
