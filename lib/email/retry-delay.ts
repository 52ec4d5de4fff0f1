const firstMilliseconds = 5_000
const longestMilliseconds = 60 * 60 * 1000
/** How far a delay strays either way, so that what failed together isn't tried again together. */
const jitter = 0.2

/**
 * How long to wait after the `attempt`th failure, the first being 1: 5 s, doubling up to 1 h, give or take a fifth.
 * @returns Whole milliseconds.
 */
export function retryDelayMilliseconds(attempt: number): number {
  const milliseconds = Math.min(firstMilliseconds * 2 ** (attempt - 1), longestMilliseconds)
  return Math.round(milliseconds * (1 - jitter + 2 * jitter * Math.random()))
}
