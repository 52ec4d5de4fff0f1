/** Returns the time in milliseconds since the Unix epoch, for everything that is stored or signed. */
export interface Clock {
  (): number
  /**
   * Returns milliseconds since any instant, by a clock that is never set. Measures the counters of limits, and how long a
   * process caches revoked sessions and API keys.
   * @default performance.now
   */
  readonly monotonic?: () => number
  /**
   * Delays the responses of routes that must not reveal by their time whether an account exists. For tests only: a function
   * that resolves immediately removes this protection.
   * @default a timer
   */
  readonly sleep?: (milliseconds: number) => Promise<void>
}
