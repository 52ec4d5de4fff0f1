import { createPoller } from '../polling/poller.js'
import type { EpochMilliseconds, Purged, Storage } from '../storage/storage.js'
import type { Measure } from '../telemetry/create-measure.js'
import { purgeExpired } from './purge-expired.js'

export interface PurgePollerSettings {
  readonly storage: Pick<Storage, 'purge'>
  /** From the end of a round to the beginning of the next. */
  readonly everySeconds: number
  /** At most this many rows of each kind at a time. */
  readonly batchSize: number
  /** For how long events are kept. */
  readonly eventLifetimeSeconds: number
  clock(): EpochMilliseconds
  /** Told why a round ended early; the next one goes on. Must not throw. */
  onFailure(error: unknown): void
  readonly measure?: Measure | undefined
}

/** Purges now and then, in the background. Nothing of it ever throws, and it keeps no process alive. */
export interface PurgePoller {
  /** Call it once. */
  start(firstAfterSeconds: number): void
  /** Begins no other batch, and resolves when the one under way is done, or has failed and is told. */
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
