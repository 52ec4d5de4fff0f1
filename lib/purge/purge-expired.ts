import { setTimeout as delay } from 'node:timers/promises'
import type { Purged } from '../storage/purge.js'
import type { EpochMilliseconds } from '../storage/records.js'
import type { StorageKernel } from '../storage/storage-kernel.js'

/**
 * How long a line of the revocation feed is kept: no access token lives, and no process caches an API key, for more than a
 * day with any options. The additional hour covers clock differences and the overlap of readings, ten minutes at most.
 */
const feedMilliseconds = 90_000_000

export interface PurgeSettings {
  /** Maximum number of rows of each kind per batch. */
  readonly batchSize: number
  /** Pause between two batches, so that requests and other processes can proceed. */
  readonly pauseMilliseconds: number
  /** How long events are kept. `null`: another process purges them. */
  readonly eventLifetimeSeconds: number | null
  clock(): EpochMilliseconds
  /** Ends the purge after the current batch. */
  readonly signal?: AbortSignal
}

const nothing: Purged = {
  sessions: 0,
  oneTimeTokens: 0,
  messages: 0,
  revocations: 0,
  events: 0,
  passkeyUses: 0,
  signInCodes: 0,
  providerFlows: 0,
  invitations: 0,
}

/**
 * Removes expired rows in batches, until none is left. Any number of processes may do so concurrently: an expired row never
 * becomes valid again, so a row that another process has removed is one less to remove.
 */
export async function purgeExpired(
  storage: Pick<StorageKernel, 'purge'>,
  { batchSize: limit, pauseMilliseconds, eventLifetimeSeconds, clock, signal }: PurgeSettings,
): Promise<Purged> {
  let total: Purged = nothing
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
      passkeyUses: total.passkeyUses + batch.passkeyUses,
      signInCodes: total.signInCodes + batch.signInCodes,
      providerFlows: total.providerFlows + batch.providerFlows,
      invitations: total.invitations + batch.invitations,
    }
    await delay(pauseMilliseconds, undefined, signal && { signal }).catch(() => undefined)
  }
  return total
}
