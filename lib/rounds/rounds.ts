/** Work that is done again and again in the background, never beside itself. It keeps no process alive. */
export interface Rounds {
  /** Begins the first round now, and resolves when it is done. Call this or `startIn`, once. */
  start(): Promise<void>
  startIn(seconds: number): void
  /**
   * Brings the next round forward, to `hastePauseSeconds` after the last. Where one is under way, another follows it: it
   * may have looked already. However often it is called meanwhile, that is one round.
   */
  hasten(): void
  /** Begins no other round, and resolves when the one under way is done. */
  stop(): Promise<void>
}

export interface RoundsSettings {
  /** Must not reject. `signal` is aborted by `stop`. */
  goRound(signal: AbortSignal): Promise<void>
  /** From the end of a round to the beginning of the next. */
  pauseSeconds(): number
  /** So too where the next is hastened. Default: as without haste. */
  hastePauseSeconds?(): number
}

export function createRounds({ goRound, pauseSeconds, hastePauseSeconds = pauseSeconds }: RoundsSettings): Rounds {
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let round = Promise.resolve()
  let isHastened = false
  /** `null` before the first round is done, and while one is under way. */
  let doneAt: number | null = null

  function startIn(seconds: number): void {
    clearTimeout(timer)
    timer = setTimeout(start, seconds * 1000).unref()
  }

  async function goOn(): Promise<void> {
    doneAt = null
    isHastened = false
    await goRound(stopping.signal)
    if (stopping.signal.aborted) return
    doneAt = performance.now()
    startIn(isHastened ? hastePauseSeconds() : pauseSeconds())
  }

  function start(): Promise<void> {
    round = goOn()
    return round
  }

  return {
    start,
    startIn,
    hasten() {
      if (isHastened || stopping.signal.aborted) return
      isHastened = true
      if (doneAt !== null) startIn(Math.max(0, hastePauseSeconds() - (performance.now() - doneAt) / 1000))
    },
    stop() {
      stopping.abort()
      clearTimeout(timer)
      return round
    },
  }
}
