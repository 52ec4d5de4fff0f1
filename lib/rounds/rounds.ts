/** Work that is done again and again in the background, never beside itself. It keeps no process alive. */
export interface Rounds {
  /** Begins the first round now, and resolves when it is done. Call this or `startIn`, once. */
  start(): Promise<void>
  startIn(seconds: number): void
  /** Begins no other round, and resolves when the one under way is done. */
  stop(): Promise<void>
}

export interface RoundsSettings {
  /** Must not reject. `signal` is aborted by `stop`. */
  goRound(signal: AbortSignal): Promise<void>
  /** From the end of a round to the beginning of the next. */
  pauseSeconds(): number
}

export function createRounds({ goRound, pauseSeconds }: RoundsSettings): Rounds {
  const stopping = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let round = Promise.resolve()

  function startIn(seconds: number): void {
    timer = setTimeout(start, seconds * 1000).unref()
  }

  async function goOn(): Promise<void> {
    await goRound(stopping.signal)
    if (!stopping.signal.aborted) startIn(pauseSeconds())
  }

  function start(): Promise<void> {
    round = goOn()
    return round
  }

  return {
    start,
    startIn,
    stop() {
      stopping.abort()
      clearTimeout(timer)
      return round
    },
  }
}
