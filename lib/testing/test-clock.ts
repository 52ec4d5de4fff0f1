export interface TestClock {
  /** For the option `clock`. */
  readonly clock: () => number
  /** The instant that it shows, in milliseconds since the Unix epoch. */
  readonly now: number
  /** Moves it on, and nothing else: timers go on by the real time. */
  advance(by: { readonly seconds: number }): void
}

/**
 * A clock that stands still until it is moved: what ends after an hour is tested in no time.
 * @param startAt In milliseconds since the Unix epoch. Default: the present.
 */
export function createTestClock(startAt: number = Date.now()): TestClock {
  let now = startAt
  return {
    clock: () => now,
    get now() {
      return now
    },
    advance({ seconds }) {
      now += seconds * 1000
    },
  }
}
