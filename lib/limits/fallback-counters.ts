import type { LimitCounters } from './limit-counters.js'

export interface FallbackCountersSettings {
  /** Those that several processes have in common. They may fail, or not answer. */
  readonly shared: LimitCounters
  /** Those of this process, which count while the others can't. */
  readonly local: LimitCounters
  readonly deadlineMilliseconds: number
  /** After a failure the shared ones are left alone for so long; then one call tries them. */
  readonly pauseMilliseconds: number
  /** A clock that nobody sets. */
  uptime(): number
  /** Once when the shared ones fail, with the reason, and once when they are back, with `null`. Must not throw. */
  onChange(failure: { readonly error: unknown } | null): void
}

function within<Answer>(milliseconds: number, asked: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const tooLate = () => reject(new Error(`The counters of the limits did not answer within ${milliseconds} ms`))
    const timer = setTimeout(tooLate, milliseconds)
    asked.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/**
 * The shared counters, and while these fail or are too slow, the counters of this process: nobody is refused because
 * a store is down, and nobody guesses freely either.
 */
export function createFallbackCounters(settings: FallbackCountersSettings): LimitCounters {
  const { shared, local, deadlineMilliseconds, pauseMilliseconds, uptime, onChange } = settings
  let failedAt: number | null = null

  function isLeftAlone(): boolean {
    return failedAt !== null && uptime() < failedAt + pauseMilliseconds
  }

  async function ask<Answer>(call: (counters: LimitCounters) => Promise<Answer>): Promise<Answer> {
    if (isLeftAlone()) return call(local)
    // Whoever comes while this call is a trial doesn't wait for it.
    if (failedAt !== null) failedAt = uptime()
    try {
      const answer = await within(deadlineMilliseconds, call(shared))
      if (failedAt !== null) onChange(null)
      failedAt = null
      return answer
    } catch (error) {
      if (failedAt === null) onChange({ error })
      failedAt = uptime()
      return call(local)
    }
  }

  return {
    penalty: (key, points, life) => ask(counters => counters.penalty(key, points, life)),
    reward: (key, points, life) => ask(counters => counters.reward(key, points, life)),
    get: key => ask(counters => counters.get(key)),
    delete: key => ask(counters => counters.delete(key)),
  }
}
