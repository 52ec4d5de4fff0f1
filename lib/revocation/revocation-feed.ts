import { createPoller } from '../async/poller.js'
import { withDeadline } from '../async/with-deadline.js'
import type { EpochMilliseconds, Revocation } from '../storage/records.js'
import type { Measure } from '../telemetry/create-measure.js'
import { createFeedReader, type FeedReaderSettings } from './feed-reader.js'
import type { RevokedSessions } from './revoked-sessions.js'

/** Keeps this process up to date with the revocations of all processes by polling the storage's feed. */
export interface RevocationFeed {
  /**
   * Returns whether the last complete reading began too long ago, or there was none yet: then the cached state of this process
   * must not be relied on.
   */
  isStale(): boolean
  /** Starts polling. Resolves when the first reading has succeeded or failed, or when the patience is over. */
  start(patienceSeconds: number): Promise<void>
  /** Polls soon, since something was revoked. However often it is called, readings do not overlap and keep a pause. */
  pollSoon(): void
  /** Resolves when the current reading is done. */
  stop(): Promise<void>
}

export interface RevocationFeedSettings extends Omit<FeedReaderSettings, 'take'> {
  /** Longest pause from the end of a reading to the beginning of the next. */
  readonly everySeconds: number
  readonly maximumStalenessSeconds: number
  readonly revokedSessions: RevokedSessions
  /** Called with the ids of API keys that have ended or changed. Must not throw. */
  forgetApiKeys(apiKeyIds: readonly string[]): void
  clock(): EpochMilliseconds
  /** Returns milliseconds by a monotonic clock. */
  uptime(): number
  /** Called when the feed becomes stale, and when it is current again. Must not throw. */
  onChange(isStale: boolean): void
  /** Called with the error of the first failed reading after a successful one. Must not throw. */
  onFailure(error: unknown): void
  readonly measure?: Measure | undefined
}

/** The pause is random, so that processes that started together drift apart. */
const shortestPause = 0.8

/** Minimum pause after an early reading: this many seconds, and this many times the duration of the last one. */
const hastePause = { seconds: 0.05, times: 4 }

export function createRevocationFeed(settings: RevocationFeedSettings): RevocationFeed {
  const { everySeconds, maximumStalenessSeconds, revokedSessions, forgetApiKeys } = settings
  const { clock, uptime, onChange, onFailure, measure } = settings
  /** When the last complete reading began. */
  let upToDateAt: number | null = null
  let lastTookSeconds = 0
  let isFailing = false
  let wasStale = false

  /** Does not measure the first reading, which includes revocations from before this process began. */
  function measureLag(lines: readonly Revocation[]): void {
    if (measure === undefined || upToDateAt === null) return
    const now = clock()
    for (const { revokedAt } of lines) {
      const value = Math.max(0, now - revokedAt) / 1000
      measure({ name: 'fast_auth_feed_lag_seconds', value, labels: {} })
    }
  }

  function take(lines: readonly Revocation[]): void {
    measureLag(lines)
    const idsOf = (kind: Revocation['kind']) => lines.filter(line => line.kind === kind).map(({ id }) => id)
    revokedSessions.add(idsOf('session'))
    for (const { id, generation } of lines) {
      if (generation !== null) revokedSessions.addGeneration(id, generation)
    }
    const apiKeyIds = idsOf('apiKey')
    // The keys may not be revoked: a rolled key stays valid until its overlap ends.
    if (apiKeyIds.length > 0) forgetApiKeys(apiKeyIds)
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
    // Reports even if this reading ends the staleness immediately: requests have asked the storage meanwhile.
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
      const late = () => new Error('The first reading takes longer')
      await withDeadline(poller.pollNow(), { milliseconds: patienceSeconds * 1000, late, keepsAlive: false }).catch(
        () => undefined,
      )
    },
    pollSoon: poller.pollSoon,
    stop: poller.stop,
  }
}
