import type { EpochMilliseconds } from '../storage/records.js'

export interface SessionLifetimes {
  /** Returns when a session that is created or refreshed now ends, unless it is refreshed again. */
  idleExpiresAt(now: EpochMilliseconds): EpochMilliseconds
  /** Returns when a session that is created now ends, however often it is refreshed. */
  absoluteExpiresAt(now: EpochMilliseconds): EpochMilliseconds
  /** How long an exchanged token still gets the same successor. */
  readonly graceSeconds: number
}

export interface SessionLifetimeSettings {
  readonly idleSeconds: number
  readonly absoluteSeconds: number
  readonly graceSeconds: number
  /** Whether sessions begin with a whole second, as access tokens do: without refresh tokens both then end at the same time. */
  readonly wholeSeconds: boolean
}

export function createSessionLifetimes(settings: SessionLifetimeSettings): SessionLifetimes {
  const { idleSeconds, absoluteSeconds, graceSeconds, wholeSeconds } = settings
  const begin = (now: EpochMilliseconds) => (wholeSeconds ? Math.floor(now / 1000) * 1000 : now)
  return {
    idleExpiresAt: now => begin(now) + idleSeconds * 1000,
    absoluteExpiresAt: now => begin(now) + absoluteSeconds * 1000,
    graceSeconds,
  }
}
