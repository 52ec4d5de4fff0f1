import { setTimeout as pause } from 'node:timers/promises'

/** Well above what a storage takes for a few statements, also on a busy network, and short enough for a person to wait. */
const stepMilliseconds = 250

/**
 * Settles as `work` does, but at the next whole step of 250 ms since it began: whether somebody has an account decides which
 * statements a storage carries out, and the time of the answer must not tell.
 */
export async function quantizeResponseTime<Result>(work: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now()
  try {
    return await work()
  } finally {
    const elapsed = performance.now() - startedAt
    await pause(Math.ceil(stepMilliseconds - (elapsed % stepMilliseconds)))
  }
}
