/** What a counter stands at. */
export interface Count {
  readonly consumedPoints: number
  /** Milliseconds until it begins at 0 again. */
  readonly msBeforeNext: number
}

/** How long a counter lives that begins with this call; one that is there already ends when it would have. */
export interface CounterLife {
  /** A whole number of seconds. */
  readonly customDuration: number
}

/**
 * Counters by name, each of which ends by itself. Adding is one atomic step, whoever else adds. Every limiter of
 * rate-limiter-flexible is one of these: for Redis, PostgreSQL, MySQL and others, and so for several processes.
 */
export interface LimitCounters {
  /** Adds, and answers with what the counter stands at then. */
  penalty(key: string, points: number, life: CounterLife): Promise<Count>
  /** Takes away. */
  reward(key: string, points: number, life: CounterLife): Promise<Count>
  get(key: string): Promise<Count | null>
  delete(key: string): Promise<boolean>
}

/** What a limiter of rate-limiter-flexible is made with. The first two mean nothing here, and it insists on them. */
export interface LimitCounterSettings {
  readonly points: number
  readonly duration: number
  readonly keyPrefix: string
}

/** Makes the counters, once, at the boot. */
export type MakeLimitCounters = (settings: LimitCounterSettings) => LimitCounters

export const limitCounterSettings: LimitCounterSettings = { points: 1, duration: 60, keyPrefix: 'fast_auth_limits' }

/** The functions that counters must have. */
export const limitCounterMethods = [
  'penalty',
  'reward',
  'get',
  'delete',
] as const satisfies readonly (keyof LimitCounters)[]
