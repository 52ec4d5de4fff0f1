import type { AskingSession } from './asking-session.js'
import type { ApiKeyRecord, EpochMilliseconds } from './records.js'

export interface RollApiKey {
  /** The key that gets a successor. */
  readonly apiKeyId: string
  /** Only if the key is this user's. */
  readonly userId: string
  /** What no key shares with another. The rest of the successor is its predecessor's. */
  readonly successor: Pick<ApiKeyRecord, 'id' | 'hash' | 'keyPrefix' | 'lastFour'>
  /** For so long both are good. 0: the predecessor goes in the same step. */
  readonly overlapMilliseconds: number
  /** The successor lives no longer than this; `null`: as long as its predecessor was made for. */
  readonly maximumLifetimeMilliseconds: number | null
  /** How many keys, expired ones included, the user may have, the successor counted. */
  readonly maximumPerUser: number
  readonly asking?: AskingSession
  readonly now: EpochMilliseconds
}

export interface ApiKeyRoll {
  readonly successor: ApiKeyRecord
  /** The old key as it is now to be; `null`: it goes. */
  readonly predecessor: ApiKeyRecord | null
}

function least(...milliseconds: readonly (number | null)[]): number | null {
  const limits = milliseconds.filter(limit => limit !== null)
  return limits.length === 0 ? null : Math.min(...limits)
}

/**
 * What becomes of a key that is rolled: every adapter calls this, so that none invents its own. The successor has the
 * name, the scopes and the owner of its predecessor, and lives as long as that was made to live. The predecessor ends
 * after the overlap, or when it was going to end, if that is sooner.
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
