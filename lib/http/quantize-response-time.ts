import { setTimeout as pause } from 'node:timers/promises'

/** Well above the time of a few storage statements, also on a busy network, and short enough for a person to wait. */
const stepMilliseconds = 250

/**
 * Settles as `work` does, but at the next multiple of 250 ms since it began: the statements of the storage depend on whether
 * an account exists, and the response time must not reveal that.
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
