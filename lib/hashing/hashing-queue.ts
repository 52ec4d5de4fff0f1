import { availableParallelism } from 'node:os'
import { HashingBusyError } from '../errors/hashing-busy-error.js'
import type { Measure } from '../telemetry/create-measure.js'
import { passwordHashes, traceStep } from '../telemetry/trace-step.js'
import type { HashingTurn } from './hash-origin.js'
import { createWaitingLine } from './waiting-line.js'

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
   * Runs the job when its turn comes, and answers as the job does. Jobs of one turn run in the order in which they came;
   * how turns take turns, and who loses a place to whom in a full queue, `createWaitingLine` says.
   * @param turn Default: that of the application itself.
   * @throws {HashingBusyError} Immediately if there is no place, and later if another job takes the place; the job is not run.
   */
  run<Result>(job: () => Promise<Result>, turn?: HashingTurn): Promise<Result>
}

const ofApplication: HashingTurn = { network: 'application', isFirst: true }

interface Waiter {
  start(): void
  refuse(): void
}

/** Leaves one core for other work, if there is more than one. */
export function defaultHashingConcurrency(): number {
  return Math.max(1, availableParallelism() - 1)
}

/**
 * Protects the rest of the application from bursts of sign-ins: bounds the concurrent and the waiting hashes, and refuses all
 * others with a time to retry. One network does not keep others out.
 */
export function createHashingQueue({
  concurrency,
  queueLimit,
  clock = () => performance.now(),
  measure,
}: HashingQueueOptions): HashingQueue {
  const line = createWaitingLine<Waiter>(queueLimit)
  let running = 0
  let averageMilliseconds: number | undefined

  function retryAfterSeconds(): number {
    const milliseconds = ((averageMilliseconds ?? 0) * (running + line.length)) / concurrency
    return Math.max(1, Math.ceil(milliseconds / 1000))
  }

  function refusal(): HashingBusyError {
    measure?.({ name: 'fast_auth_hashes_refused_total', value: 1, labels: {} })
    return new HashingBusyError(retryAfterSeconds())
  }

  function wait(turn: HashingTurn): Promise<void> {
    return new Promise((resolve, reject) => {
      line.join(turn, { start: resolve, refuse: () => reject(refusal()) })?.refuse()
    })
  }

  async function takePlace(turn: HashingTurn): Promise<void> {
    if (running < concurrency) running += 1
    else await wait(turn)
  }

  /** Passes the slot directly to the next waiting job: if it became free in between, a new job could take it too. */
  function passPlaceOn(): void {
    const next = line.next()
    if (next === undefined) running -= 1
    else next.start()
  }

  function recordDuration(milliseconds: number): void {
    averageMilliseconds ??= milliseconds
    averageMilliseconds += (milliseconds - averageMilliseconds) * averageWeight
    measure?.({ name: 'fast_auth_hash_run_seconds', value: milliseconds / 1000, labels: {} })
  }

  function measureLength(): void {
    measure?.({ name: 'fast_auth_hashes_running', value: running, labels: {} })
    measure?.({ name: 'fast_auth_hashes_waiting', value: line.length, labels: {} })
  }

  async function runInTurn<Result>(job: () => Promise<Result>, turn: HashingTurn): Promise<Result> {
    const askedAt = clock()
    const place = takePlace(turn)
    measureLength()
    await place
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
      return line.length
    },
    run: (job, turn = ofApplication) => traceStep(passwordHashes, {}, () => runInTurn(job, turn)),
  }
}
