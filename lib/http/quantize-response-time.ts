/** Well above the time of a few storage statements, also on a busy network, and short enough for a person to wait. */
const stepMilliseconds = 250

/**
 * Settles as `work` does, but at the next multiple of 250 ms since it began: the statements of the storage depend on whether
 * an account exists, and the response time must not reveal that.
 */
export type QuantizeResponseTime = <Result>(work: () => Promise<Result>) => Promise<Result>

interface Timer {
  /** Milliseconds by a monotonic clock. */
  uptime(): number
  sleep(milliseconds: number): Promise<void>
}

export function createQuantizer({ uptime, sleep }: Timer): QuantizeResponseTime {
  return async work => {
    const startedAt = uptime()
    try {
      return await work()
    } finally {
      const elapsed = uptime() - startedAt
      await sleep(Math.ceil(stepMilliseconds - (elapsed % stepMilliseconds)))
    }
  }
}
