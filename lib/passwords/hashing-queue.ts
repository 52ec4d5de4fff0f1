import { availableParallelism } from 'node:os'
import { HashingBusyError } from '../errors/hashing-busy-error.js'
import type { Measure } from '../telemetry/create-measure.js'
import { passwordHashes, traceStep } from '../telemetry/trace-step.js'

/** The weight of the latest job in the average job time. */
const averageWeight = 0.25

export interface HashingQueueOptions {
  /** Maximum number of concurrent jobs, at least 1. */
  readonly concurrency: number
  /** Maximum number of waiting jobs. 0: none waits. */
  readonly queueLimit: number
  /** Milliseconds since any fixed point, never going back. Default: `performance.now`. */
  readonly clock?: () => number
  readonly measure?: Measure | undefined
}

export interface HashingQueue {
  /** How many jobs run now. */
  readonly running: number
  /** How many jobs wait now. */
  readonly waiting: number
  /**
   * Runs the job when its turn comes, in order of arrival, and settles as the job does.
   * @throws {HashingBusyError} immediately, if the queue is full; the job is not run.
   */
  run<Result>(job: () => Promise<Result>): Promise<Result>
}

/** Leaves one core for other work, if there is more than one. */
export function defaultHashingConcurrency(): number {
  return Math.max(1, availableParallelism() - 1)
}

/**
 * Protects the rest of the application from bursts of sign-ins: bounds the concurrent and the waiting hashes, and refuses all
 * others immediately with a time to retry.
 */
export function createHashingQueue({
  concurrency,
  queueLimit,
  clock = () => performance.now(),
  measure,
}: HashingQueueOptions): HashingQueue {
  const turns: (() => void)[] = []
  let running = 0
  let averageMilliseconds: number | undefined

  function retryAfterSeconds(): number {
    const milliseconds = ((averageMilliseconds ?? 0) * (running + turns.length)) / concurrency
    return Math.max(1, Math.ceil(milliseconds / 1000))
  }

  async function takePlace(): Promise<void> {
    if (running < concurrency) running += 1
    else if (turns.length < queueLimit) await new Promise<void>(resolve => turns.push(resolve))
    else {
      measure?.({ name: 'fast_auth_hashes_refused_total', value: 1, labels: {} })
      throw new HashingBusyError(retryAfterSeconds())
    }
  }

  /** Passes the slot directly to the next waiting job: if it became free in between, a new job could take it too. */
  function passPlaceOn(): void {
    const nextTurn = turns.shift()
    if (nextTurn === undefined) running -= 1
    else nextTurn()
  }

  function recordDuration(milliseconds: number): void {
    averageMilliseconds ??= milliseconds
    averageMilliseconds += (milliseconds - averageMilliseconds) * averageWeight
    measure?.({ name: 'fast_auth_hash_run_seconds', value: milliseconds / 1000, labels: {} })
  }

  function measureLength(): void {
    measure?.({ name: 'fast_auth_hashes_running', value: running, labels: {} })
    measure?.({ name: 'fast_auth_hashes_waiting', value: turns.length, labels: {} })
  }

  async function runInTurn<Result>(job: () => Promise<Result>): Promise<Result> {
    const askedAt = clock()
    const turn = takePlace()
    measureLength()
    await turn
    const startedAt = clock()
    measure?.({ name: 'fast_auth_hash_wait_seconds', value: (startedAt - askedAt) / 1000, labels: {} })
    try {
      return await job()
    } finally {
      recordDuration(clock() - startedAt)
      passPlaceOn()
      measureLength()
    }
  }

  return {
    get running() {
      return running
    },
    get waiting() {
      return turns.length
    },
    run: job => traceStep(passwordHashes, {}, () => runInTurn(job)),
  }
}
