import { setTimeout as delay } from 'node:timers/promises'
import type { EpochMilliseconds, Purged, Storage } from '../storage/storage.js'

/**
 * For so long a line of the revocation feed is kept: no access token lives longer than a day, whatever it is set to, and no
 * process remembers an API key for longer. The hour is for clocks that differ and for the overlap, ten minutes at most, with
 * which the feed is read.
 */
const feedMilliseconds = 90_000_000

export interface PurgeSettings {
  /** At most this many rows of each kind at a time. */
  readonly batchSize: number
  /** Between two batches, so that requests, and other processes, have their turn. */
  readonly pauseMilliseconds: number
  /** For how long events are kept. `null`: until somebody else purges them. */
  readonly eventLifetimeSeconds: number | null
  clock(): EpochMilliseconds
  /** Ends the purge after the batch that is under way. */
  readonly signal?: AbortSignal
}

/**
 * Removes what has expired, batch by batch, until nothing is left. Any number of processes may do so at once: what goes is
 * dead for good, so a row that another one has removed is one less to remove.
 */
export async function purgeExpired(
  storage: Pick<Storage, 'purge'>,
  { batchSize: limit, pauseMilliseconds, eventLifetimeSeconds, clock, signal }: PurgeSettings,
): Promise<Purged> {
  let total: Purged = { sessions: 0, oneTimeTokens: 0, messages: 0, revocations: 0, events: 0 }
  while (signal?.aborted !== true) {
    const now = clock()
    const eventsBefore = eventLifetimeSeconds === null ? 0 : now - eventLifetimeSeconds * 1000
    const batch = await storage.purge({ now, revokedBefore: now - feedMilliseconds, eventsBefore, limit })
    if (Object.values(batch).every(count => count === 0)) break
    total = {
      sessions: total.sessions + batch.sessions,
      oneTimeTokens: total.oneTimeTokens + batch.oneTimeTokens,
      messages: total.messages + batch.messages,
      revocations: total.revocations + batch.revocations,
      events: total.events + batch.events,
    }
    await delay(pauseMilliseconds, undefined, signal && { signal }).catch(() => undefined)
  }
  return total
}
