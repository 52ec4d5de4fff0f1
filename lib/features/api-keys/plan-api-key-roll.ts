import type { AskingSession } from '../../storage/asking-session.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { ApiKeyRecord } from './api-key-record.js'

/** A request to roll an API key. */
export interface RollApiKey {
  /** The key to replace. */
  readonly apiKeyId: string
  /** The key is rolled only if it belongs to this user. */
  readonly userId: string
  /** The unique fields of the successor. It copies the other fields from its predecessor. */
  readonly successor: Pick<ApiKeyRecord, 'id' | 'hash' | 'keyPrefix' | 'lastFour'>
  /** Period during which both keys are valid. 0: the predecessor is removed in the same step. */
  readonly overlapMilliseconds: number
  /** Maximum lifetime of the successor. `null`: the lifetime that its predecessor was created with. */
  readonly maximumLifetimeMilliseconds: number | null
  /** Maximum number of keys that the user may have, including expired keys and the successor. */
  readonly maximumPerUser: number
  readonly asking?: AskingSession
  readonly now: EpochMilliseconds
}

/** The records that rolling an API key writes. */
export interface ApiKeyRoll {
  readonly successor: ApiKeyRecord
  /** The updated old key; `null` if it is to be removed. */
  readonly predecessor: ApiKeyRecord | null
}

function least(...milliseconds: readonly (number | null)[]): number | null {
  const limits = milliseconds.filter(limit => limit !== null)
  return limits.length === 0 ? null : Math.min(...limits)
}

/**
 * Decides how a key is rolled. Every adapter calls this function, so all follow the same rules. The successor has the name,
 * scopes, owner and original lifetime of its predecessor. The predecessor expires after the overlap, or at its own expiry if
 * that is sooner.
 * @param rolled the key as stored at that moment
 * @returns the two records to write
 * @example
 * ```ts
 * import { type ApiKeyRecord, planApiKeyRoll, type RollApiKey } from 'fast-auth/storage'
 *
 * declare const stored: ApiKeyRecord
 * declare const roll: RollApiKey
 * const { successor, predecessor } = planApiKeyRoll(stored, roll)
 * console.log(successor.expiresAt, predecessor?.expiresAt)
 * ```
 */
export function planApiKeyRoll(rolled: ApiKeyRecord, request: RollApiKey): ApiKeyRoll {
  const { now, overlapMilliseconds, maximumLifetimeMilliseconds } = request
  const lifetime = least(
    rolled.expiresAt === null ? null : rolled.expiresAt - rolled.createdAt,
    maximumLifetimeMilliseconds,
  )
  const expiresAt = lifetime === null ? null : now + lifetime
  return {
    successor: { ...rolled, ...request.successor, createdAt: now, expiresAt, lastUsedAt: null },
    predecessor:
      overlapMilliseconds === 0 ? null : { ...rolled, expiresAt: least(rolled.expiresAt, now + overlapMilliseconds) },
  }
}
