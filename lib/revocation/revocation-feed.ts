import { setTimeout as delay } from 'node:timers/promises'
import { createPoller } from '../polling/poller.js'
import type { EpochMilliseconds, Revocation } from '../storage/records.js'
import type { Measure } from '../telemetry/create-measure.js'
import type { ApiKeyCache } from './api-key-cache.js'
import { createFeedReader, type FeedReaderSettings } from './feed-reader.js'
import type { RevokedSessions } from './revoked-sessions.js'

/** Keeps this process up to date with what every process has revoked, by reading the storage's feed now and then. */
export interface RevocationFeed {
  /**
   * Whether the last complete reading began too long ago, or there was none yet: then nobody must rely on what this
   * process remembers.
   */
  isStale(): boolean
  /** Reads, and goes on reading. Resolves when the first reading is done or has failed, or when the patience is over. */
  start(patienceSeconds: number): Promise<void>
  /** Something was revoked: reads soon. However often it is called, readings don't pile up, nor do they follow without a pause. */
  pollSoon(): void
  /** Resolves when the reading under way is done. */
  stop(): Promise<void>
}

export interface RevocationFeedSettings extends Omit<FeedReaderSettings, 'take'> {
  /** From the end of a reading to the beginning of the next, at most. */
  readonly everySeconds: number
  readonly maximumStalenessSeconds: number
  readonly revokedSessions: RevokedSessions
  readonly apiKeyCache: Pick<ApiKeyCache, 'forget'>
  clock(): EpochMilliseconds
  /** Milliseconds by a clock that nobody sets. */
  uptime(): number
  /** Told when the feed has become stale, and when it is not any more. Must not throw. */
  onChange(isStale: boolean): void
  /** Told of the first reading that fails after one that didn't. Must not throw. */
  onFailure(error: unknown): void
  readonly measure?: Measure | undefined
}

/** Processes that started together drift apart. */
const shortestPause = 0.8

/** How long nothing is read after a hastened reading: at least so many seconds, and so many times what the last one took. */
const hastePause = { seconds: 0.05, times: 4 }

export function createRevocationFeed(settings: RevocationFeedSettings): RevocationFeed {
  const { everySeconds, maximumStalenessSeconds, revokedSessions, apiKeyCache } = settings
  const { clock, uptime, onChange, onFailure, measure } = settings
  /** When the last complete reading began. */
  let upToDateAt: number | null = null
  let lastTookSeconds = 0
  let isFailing = false
  let wasStale = false

  /** Not of the first reading, which goes back to what was revoked before this process began. */
  function measureLag(lines: readonly Revocation[]): void {
    if (measure === undefined || upToDateAt === null) return
    const now = clock()
    for (const { revokedAt } of lines) {
      const value = Math.max(0, now - revokedAt) / 1000
      measure({ name: 'fast_auth_feed_lag_seconds', value, labels: {} })
    }
  }

  function take(lines: readonly Revocation[], now: EpochMilliseconds): void {
    measureLag(lines)
    const idsOf = (kind: Revocation['kind']) => lines.filter(line => line.kind === kind).map(({ id }) => id)
    revokedSessions.add(idsOf('session'), now)
    for (const { id, generation } of lines) {
      if (generation !== null) revokedSessions.addGeneration(id, generation, now)
    }
    const apiKeyIds = idsOf('apiKey')
    // Not a list of dead keys: one that was rolled lives on until its overlap ends.
    if (apiKeyIds.length > 0) apiKeyCache.forget(apiKeyIds)
  }

  const reader = createFeedReader({ ...settings, take })

  function isStale(): boolean {
    return upToDateAt === null || uptime() - upToDateAt > maximumStalenessSeconds * 1000
  }

  function reportChange(): void {
    const isStaleNow = isStale()
    if (isStaleNow !== wasStale) onChange(isStaleNow)
    wasStale = isStaleNow
  }

  async function poll(): Promise<void> {
    const beganAt = uptime()
    const now = clock()
    // Also where this reading ends it at once: requests have asked the storage meanwhile.
    if (upToDateAt !== null) reportChange()
    try {
      await reader.readOn(now)
      upToDateAt = beganAt
      measure?.({ name: 'fast_auth_feed_read_timestamp_seconds', value: now / 1000, labels: {} })
      isFailing = false
    } catch (error) {
      if (!isFailing) onFailure(error)
      isFailing = true
    }
    lastTookSeconds = (uptime() - beganAt) / 1000
    reportChange()
  }

  const pauseSeconds = () => everySeconds * (shortestPause + (1 - shortestPause) * Math.random())
  const soonPauseSeconds = () =>
    Math.min(Math.max(hastePause.seconds, hastePause.times * lastTookSeconds), shortestPause * everySeconds)
  const poller = createPoller({ poll, pauseSeconds, soonPauseSeconds })

  return {
    isStale,
    async start(patienceSeconds) {
      await Promise.race([poller.start(), delay(patienceSeconds * 1000, undefined, { ref: false })])
    },
    pollSoon: poller.pollSoon,
    stop: poller.stop,
  }
}
