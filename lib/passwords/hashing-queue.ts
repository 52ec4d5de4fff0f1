import { availableParallelism } from 'node:os'
import { HashingBusyError } from '../errors/hashing-busy-error.js'
import type { Measure } from '../telemetry/create-measure.js'
import { passwordHashes, traceStep } from '../telemetry/trace-step.js'

/** How much the latest job moves the average job time. */
const averageWeight = 0.25

export interface HashingQueueOptions {
  /** How many jobs run at once, at least 1. */
  readonly concurrency: number
  /** How many may wait behind those that run. 0: none waits. */
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
   * Runs the job when its turn comes, first come, first served, and answers as the job does.
   * @throws {HashingBusyError} At once, if the queue is full; the job is not run.
   */
  run<Result>(job: () => Promise<Result>): Promise<Result>
}

/** One processor is left for everything else, if there is more than one. */
export function defaultHashingConcurrency(): number {
  return Math.max(1, availableParallelism() - 1)
}

/**
 * Keeps a storm of sign-ins away from the rest of the application: so many hashes at once, so many waiting, and a quick
 * refusal for all others, who are told when to come back.
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

  /** The place goes straight to the next in line: were it counted as free in between, a newcomer could take it too. */
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
