/** Repeats a task in the background, never concurrently with itself. It does not keep the process alive. */
export interface Poller {
  /** Starts the first poll now, and resolves when it is done. Call this or `startIn`, once. */
  start(): Promise<void>
  startIn(seconds: number): void
  /**
   * Moves the next poll forward, to `soonPauseSeconds` after the last. If a poll is running, another one follows it, since it
   * may have read already. Several calls meanwhile cause one poll.
   */
  pollSoon(): void
  /** Starts no further poll, and resolves when the current one is done. */
  stop(): Promise<void>
}

export interface PollerSettings {
  /** Must not reject. `signal` is aborted by `stop`. */
  poll(signal: AbortSignal): Promise<void>
  /** Pause from the end of a poll to the beginning of the next. */
  pauseSeconds(): number
  /** The same pause after `pollSoon`. Default: `pauseSeconds`. */
  soonPauseSeconds?(): number
}

export function createPoller({ poll, pauseSeconds, soonPauseSeconds = pauseSeconds }: PollerSettings): Poller {
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let round = Promise.resolve()
  let isPollingSoon = false
  /** `null` before the first poll is done, and during a poll. */
  let doneAt: number | null = null

  function startIn(seconds: number): void {
    clearTimeout(timer)
    timer = setTimeout(start, seconds * 1000).unref()
  }

  async function goOn(): Promise<void> {
    doneAt = null
    isPollingSoon = false
    await poll(stopping.signal)
    if (stopping.signal.aborted) return
    doneAt = performance.now()
    startIn(isPollingSoon ? soonPauseSeconds() : pauseSeconds())
  }

  function start(): Promise<void> {
    round = goOn()
    return round
  }

  return {
    start,
    startIn,
    pollSoon() {
      if (isPollingSoon || stopping.signal.aborted) return
      isPollingSoon = true
      if (doneAt !== null) startIn(Math.max(0, soonPauseSeconds() - (performance.now() - doneAt) / 1000))
    },
    stop() {
      stopping.abort()
      clearTimeout(timer)
      return round
    },
  }
}
