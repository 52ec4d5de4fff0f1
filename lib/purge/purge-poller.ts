import { createPoller } from '../async/poller.js'
import type { Purged } from '../storage/purge.js'
import type { EpochMilliseconds } from '../storage/records.js'
import type { StorageKernel } from '../storage/storage-kernel.js'
import type { Measure } from '../telemetry/create-measure.js'
import { purgeExpired } from './purge-expired.js'

export interface PurgePollerSettings {
  readonly storage: Pick<StorageKernel, 'purge'>
  /** Pause from the end of a purge to the beginning of the next. */
  readonly everySeconds: number
  /** Maximum number of rows of each kind per batch. */
  readonly batchSize: number
  /** How long events are kept. */
  readonly eventLifetimeSeconds: number
  clock(): EpochMilliseconds
  /** Called with the error that ended a purge early; the next one continues. Must not throw. */
  onFailure(error: unknown): void
  readonly measure?: Measure | undefined
}

/** Purges periodically in the background. It never throws, and does not keep the process alive. */
export interface PurgePoller {
  /** Must be called only once. */
  start(firstAfterSeconds: number): void
  /** Starts no further batch; resolves when the current one is done, or has failed and been reported. */
  stop(): Promise<void>
}

const pauseMilliseconds = 100

function measureRound(measure: Measure | undefined, beganAt: number, outcome: 'done' | 'failed'): void {
  const value = (performance.now() - beganAt) / 1000
  measure?.({ name: 'fast_auth_purge_round_seconds', value, labels: { outcome } })
}

function measureRows(measure: Measure | undefined, purged: Purged): void {
  for (const [kind, value] of Object.entries(purged)) {
    measure?.({ name: 'fast_auth_purged_rows_total', value, labels: { kind } })
  }
}

export function createPurgePoller(settings: PurgePollerSettings): PurgePoller {
  const { storage, everySeconds, onFailure, measure, ...rest } = settings

  async function poll(signal: AbortSignal): Promise<void> {
    const beganAt = performance.now()
    try {
      measureRows(measure, await purgeExpired(storage, { ...rest, pauseMilliseconds, signal }))
      measureRound(measure, beganAt, 'done')
    } catch (error) {
      onFailure(error)
      measureRound(measure, beganAt, 'failed')
    }
  }

  const { startIn, stop } = createPoller({ poll, pauseSeconds: () => everySeconds })
  return { start: startIn, stop }
}
