/** A clock that only a test advances. */
export interface TestClock {
  /** The value of the option `clock`. */
  readonly clock: (() => number) & {
    readonly monotonic: () => number
    readonly sleep: () => Promise<void>
  }
  /** The time of the clock, in milliseconds since the Unix epoch. */
  readonly now: number
  /** Advances the clock. Timers are not affected: they use the real time. Delays of answers end immediately. */
  advance(by: { readonly seconds: number }): void
  /** Sets the wall clock ahead, or back if `seconds` is negative, as an administrator or NTP does. No time passes. */
  jump(by: { readonly seconds: number }): void
}

/**
 * Creates a clock that stands still until a test advances it, so a test can skip an hour.
 * @param startAt first time of the clock, in milliseconds since the Unix epoch
 * @default Date.now()
 * @example
 * ```ts
 * import { createTestClock } from 'fast-auth/testing'
 *
 * const time = createTestClock()
 * await app.register(fastAuth, { secrets, storage, clock: time.clock })
 * time.advance({ seconds: 900 }) // every access token has expired
 * ```
 */
export function createTestClock(startAt: number = Date.now()): TestClock {
  let now = startAt
  let uptime = 0
  return {
    clock: Object.assign(() => now, { monotonic: () => uptime, sleep: async () => undefined }),
    get now() {
      return now
    },
    advance({ seconds }) {
      now += seconds * 1000
      uptime += seconds * 1000
    },
    jump({ seconds }) {
      now += seconds * 1000
    },
  }
}
