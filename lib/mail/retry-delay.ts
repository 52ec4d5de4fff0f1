const firstMilliseconds = 5_000
const longestMilliseconds = 60 * 60 * 1000
/** The jitter in both directions: messages that fail together are not retried together. */
const jitter = 0.2

/**
 * Returns the delay after the `attempt`th failure, starting at 1: 5 s, doubled each time up to 1 h, plus or minus 20 %.
 * @returns Whole milliseconds.
 */
export function retryDelayMilliseconds(attempt: number): number {
  const milliseconds = Math.min(firstMilliseconds * 2 ** (attempt - 1), longestMilliseconds)
  return Math.round(milliseconds * (1 - jitter + 2 * jitter * Math.random()))
}
