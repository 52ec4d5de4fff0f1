import type { EpochMilliseconds } from '../storage/storage.js'

export interface SessionLifetimes {
  /** When a session ends that is opened or goes on now, unless it is refreshed after that. */
  idleExpiresAt(now: EpochMilliseconds): EpochMilliseconds
  /** When a session ends that is opened now, however often it is refreshed. */
  absoluteExpiresAt(now: EpochMilliseconds): EpochMilliseconds
  /** For so long a token that was already traded is answered with the same successor. */
  readonly graceSeconds: number
}

export interface SessionLifetimeSettings {
  readonly idleSeconds: number
  readonly absoluteSeconds: number
  readonly graceSeconds: number
  /** Whether sessions begin with a whole second, as access tokens do: where nothing else carries them, both end at once. */
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
