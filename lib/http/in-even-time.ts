import { setTimeout as pause } from 'node:timers/promises'

/** Longer than a storage takes for a few statements, and too short for a person to notice. */
const stepMilliseconds = 50

/**
 * Settles as `work` does, but at the next whole step of 50 ms since it began: whether somebody has an account decides which
 * statements a storage carries out, and the time of the answer must not tell.
 */
export async function inEvenTime<Result>(work: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now()
  try {
    return await work()
  } finally {
    const elapsed = performance.now() - startedAt
    await pause(Math.ceil(stepMilliseconds - (elapsed % stepMilliseconds)))
  }
}
