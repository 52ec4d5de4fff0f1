import { withDeadline } from '../async/with-deadline.js'
import type { LimitCounters } from './limit-counters.js'

export interface FallbackCountersSettings {
  /** Counters that several processes share. They may fail, or not answer. */
  readonly shared: LimitCounters
  /** Counters of this process, used while the shared ones fail. */
  readonly local: LimitCounters
  readonly deadlineMilliseconds: number
  /** How long the shared counters are not used after a failure; then one call tries them. */
  readonly pauseMilliseconds: number
  /** Returns milliseconds by a monotonic clock. */
  uptime(): number
  /** Called with the reason when the shared counters fail, and with `null` when they are available again. Must not throw. */
  onChange(failure: { readonly error: unknown } | null): void
}

/**
 * Uses the shared counters, and the counters of this process while the shared ones fail or are too slow. A failed store
 * neither refuses requests nor removes the limits.
 */
export function createFallbackCounters(settings: FallbackCountersSettings): LimitCounters {
  const { shared, local, deadlineMilliseconds: milliseconds, pauseMilliseconds, uptime, onChange } = settings
  const late = () => new Error(`The counters of the limits did not answer within ${milliseconds} ms`)
  let failedAt: number | null = null

  function isLeftAlone(): boolean {
    return failedAt !== null && uptime() < failedAt + pauseMilliseconds
  }

  async function ask<Answer>(call: (counters: LimitCounters) => Promise<Answer>): Promise<Answer> {
    if (isLeftAlone()) return call(local)
    // Concurrent calls do not wait for this trial.
    if (failedAt !== null) failedAt = uptime()
    try {
      const answer = await withDeadline(call(shared), { milliseconds, late })
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
