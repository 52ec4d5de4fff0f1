/** What time it is, in milliseconds since the Unix epoch: for everything that is stored or signed. */
export interface Clock {
  (): number
  /**
   * Milliseconds since any instant, by a clock that is never set: for the counters of limits, for how long a revoked
   * session or a verified API key is remembered, for the age of the revocation feed, and for the pause of failed counters.
   * Default: `performance.now`.
   */
  readonly monotonic?: () => number
  /**
   * Delays the answers of routes that must not reveal by their time whether an account exists. Default: a timer. For tests only:
   * a function that resolves immediately removes this protection.
   */
  readonly sleep?: (milliseconds: number) => Promise<void>
}
