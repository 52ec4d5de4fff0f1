import { createRounds } from '../rounds/rounds.js'
import type { Instant, Storage } from '../storage/storage.js'
import { purgeExpired } from './purge-expired.js'

export interface PurgeRoundsSettings {
  readonly storage: Pick<Storage, 'purge'>
  /** From the end of a round to the beginning of the next. */
  readonly everySeconds: number
  /** At most this many rows of each kind at a time. */
  readonly batchSize: number
  /** For how long events are kept. */
  readonly eventLifetimeSeconds: number
  clock(): Instant
  /** Told why a round ended early; the next one goes on. Must not throw. */
  onFailure(error: unknown): void
}

/** Purges now and then, in the background. Nothing of it ever throws, and it keeps no process alive. */
export interface PurgeRounds {
  /** Call it once. */
  start(firstAfterSeconds: number): void
  /** Begins no other batch, and resolves when the one under way is done, or has failed and is told. */
  stop(): Promise<void>
}

const pauseMilliseconds = 100

export function createPurgeRounds(settings: PurgeRoundsSettings): PurgeRounds {
  const { storage, everySeconds, onFailure, ...rest } = settings

  async function goRound(signal: AbortSignal): Promise<void> {
    try {
      await purgeExpired(storage, { ...rest, pauseMilliseconds, signal })
    } catch (error) {
      onFailure(error)
    }
  }

  const { startIn, stop } = createRounds({ goRound, pauseSeconds: () => everySeconds })
  return { start: startIn, stop }
}
