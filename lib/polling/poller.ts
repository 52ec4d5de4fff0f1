/** Work that is done again and again in the background, never beside itself. It keeps no process alive. */
export interface Poller {
  /** Begins the first round now, and resolves when it is done. Call this or `startIn`, once. */
  start(): Promise<void>
  startIn(seconds: number): void
  /**
   * Brings the next round forward, to `soonPauseSeconds` after the last. Where one is under way, another follows it: it
   * may have looked already. However often it is called meanwhile, that is one round.
   */
  pollSoon(): void
  /** Begins no other round, and resolves when the one under way is done. */
  stop(): Promise<void>
}

export interface PollerSettings {
  /** Must not reject. `signal` is aborted by `stop`. */
  poll(signal: AbortSignal): Promise<void>
  /** From the end of a round to the beginning of the next. */
  pauseSeconds(): number
  /** So too where the next is hastened. Default: as without haste. */
  soonPauseSeconds?(): number
}

export function createPoller({ poll, pauseSeconds, soonPauseSeconds = pauseSeconds }: PollerSettings): Poller {
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let round = Promise.resolve()
  let isPollingSoon = false
  /** `null` before the first round is done, and while one is under way. */
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
