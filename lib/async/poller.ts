/** Repeats a task in the background, never concurrently with itself. It does not keep the process alive. */
export interface Poller {
  /** Polls now, and then periodically. If a poll is running, another one follows it immediately. Resolves when none is running. */
  pollNow(): Promise<void>
  /** Polls after this time, and then periodically. */
  startIn(seconds: number): void
  /**
   * Moves the next poll forward, to `soonPauseSeconds` after the last. If a poll is running, another one follows it, since it
   * may have read already. Several calls meanwhile cause one poll. Does nothing before the first poll.
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

/** `pollingAgain`: another poll follows the current one immediately. `pollingSoon`: it follows after the shorter pause. */
type State = 'new' | 'polling' | 'pollingAgain' | 'pollingSoon' | 'waiting' | 'stopped'

export function createPoller({ poll, pauseSeconds, soonPauseSeconds = pauseSeconds }: PollerSettings): Poller {
  const stopping = new AbortController()
  let state: State = 'new'
  let timer: NodeJS.Timeout | undefined
  let current = Promise.resolve()
  let doneAt = 0

  function pollIn(seconds: number): void {
    clearTimeout(timer)
    timer = setTimeout(pollNow, seconds * 1000).unref()
  }

  /** Polls once, and decides by the calls meanwhile what follows. */
  async function run(): Promise<void> {
    state = 'polling'
    await poll(stopping.signal)
    const next = state as State
    if (next === 'stopped') return
    if (next === 'pollingAgain') return run()
    state = 'waiting'
    doneAt = performance.now()
    pollIn(next === 'pollingSoon' ? soonPauseSeconds() : pauseSeconds())
  }

  function pollNow(): Promise<void> {
    clearTimeout(timer)
    if (state === 'new' || state === 'waiting') current = run()
    else if (state !== 'stopped') state = 'pollingAgain'
    return current
  }

  return {
    pollNow,
    startIn: pollIn,
    pollSoon() {
      if (state === 'polling') state = 'pollingSoon'
      if (state === 'waiting') pollIn(Math.max(0, soonPauseSeconds() - (performance.now() - doneAt) / 1000))
    },
    stop() {
      state = 'stopped'
      stopping.abort()
      clearTimeout(timer)
      return current
    },
  }
}
