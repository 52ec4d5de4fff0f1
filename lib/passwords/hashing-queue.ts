import { availableParallelism } from 'node:os'
import { HashingBusyError } from '../errors/hashing-busy-error.js'

/** How much the latest job moves the average job time. */
const averageWeight = 0.25

export interface HashingQueueOptions {
  /** How many jobs run at once, at least 1. */
  readonly concurrency: number
  /** How many may wait behind those that run. 0: none waits. */
  readonly queueLimit: number
  /** Milliseconds since any fixed point, never going back. Default: `performance.now`. */
  readonly clock?: () => number
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
    else throw new HashingBusyError(retryAfterSeconds())
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
  }

  return {
    get running() {
      return running
    },
    get waiting() {
      return turns.length
    },
    async run(job) {
      await takePlace()
      const startedAt = clock()
      try {
        return await job()
      } finally {
        recordDuration(clock() - startedAt)
        passPlaceOn()
      }
    },
  }
}
