/** The state of a counter. */
export interface Count {
  readonly consumedPoints: number
  /** Milliseconds until it is reset to 0. */
  readonly msBeforeNext: number
}

/** The lifetime of a counter that begins with this call; an existing counter keeps its end. */
export interface CounterLife {
  /** A whole number of seconds. */
  readonly customDuration: number
}

/**
 * Named counters, each of which expires. Adding is one atomic step, also between processes. Every limiter of
 * rate-limiter-flexible implements it: for Redis, PostgreSQL, MySQL and others, and so for several processes.
 */
export interface LimitCounters {
  /** Adds points and returns the new state. */
  penalty(key: string, points: number, life: CounterLife): Promise<Count>
  /** Subtracts points. */
  reward(key: string, points: number, life: CounterLife): Promise<Count>
  get(key: string): Promise<Count | null>
  delete(key: string): Promise<boolean>
}

/** Settings for a limiter of rate-limiter-flexible. The first two have no effect here, but it requires them. */
export interface LimitCounterSettings {
  /** A number that the limiter requires. */
  readonly points: number
  /** A number of seconds that the limiter requires. Each call sets its own lifetime. */
  readonly duration: number
  /** Prefix of the names of the counters. */
  readonly keyPrefix: string
}

/** Creates the counters, once, at boot. */
export type MakeLimitCounters = (settings: LimitCounterSettings) => LimitCounters

export const limitCounterSettings: LimitCounterSettings = { points: 1, duration: 60, keyPrefix: 'fast_auth_limits' }

/** The methods that counters must have. */
export const limitCounterMethods = [
  'penalty',
  'reward',
  'get',
  'delete',
] as const satisfies readonly (keyof LimitCounters)[]
