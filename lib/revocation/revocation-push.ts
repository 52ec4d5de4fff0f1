import { createPoller } from '../async/poller.js'
import { withDeadline } from '../async/with-deadline.js'
import type { ListenForRevocations, RevocationListener, RevocationStore } from '../storage/revocation-store.js'

/** Receives notifications of revocations from the storage, and reconnects after a lost connection. */
export interface RevocationPush {
  /** Does not wait: a storage that does not answer is tried again. */
  start(): void
  /** Stops receiving. Does not wait for an answer of the storage. */
  stop(): Promise<void>
}

export interface RevocationPushSettings {
  readonly listen: NonNullable<RevocationStore['listen']>
  /** Timeout for connecting and for a ping. */
  readonly patienceSeconds: number
  /** How often the connection is pinged. */
  readonly pingEverySeconds: number
  /** The pause after a first failure. It doubles with each further one, up to `pingEverySeconds`. */
  readonly shortestPauseSeconds: number
  /** Called when something was revoked, or may have been while no connection was open. Must not throw. */
  onRevocation(): void
  /** Called with the first failure after a success. Must not throw. */
  onFailure(error: unknown): void
  /** Called on the first connection after a failure. Must not throw. */
  onRecovery(): void
}

function inTime<Answer>(answer: Promise<Answer>, seconds: number): Promise<Answer> {
  const late = () => new Error(`The storage did not answer within ${seconds} s`)
  return withDeadline(answer, { milliseconds: seconds * 1000, late, keepsAlive: false })
}

export function createRevocationPush(settings: RevocationPushSettings): RevocationPush {
  const { listen, patienceSeconds, pingEverySeconds, shortestPauseSeconds, onRevocation } = settings
  let listener: RevocationListener | null = null
  let failures = 0
  let isStopped = false

  function fail(error: unknown): void {
    listener = null
    failures += 1
    if (failures === 1) settings.onFailure(error)
  }

  /** Closes the connection and ignores errors, since nothing can be done about them. */
  async function close(unwanted: RevocationListener): Promise<void> {
    await unwanted.close().catch(() => undefined)
  }

  async function connect(): Promise<void> {
    let isLost = false
    let isGivenUp = false
    const request: ListenForRevocations = {
      onRevocation,
      onLoss(reason) {
        if (isLost || isGivenUp || isStopped) return
        isLost = true
        fail(reason)
        poller.pollSoon()
      },
    }
    const connecting = listen(request)
    try {
      const connected = await inTime(connecting, patienceSeconds)
      if (isStopped || isLost) return await close(connected)
      listener = connected
    } catch (error) {
      isGivenUp = true
      connecting.then(close, () => undefined)
      throw error
    }
    if (failures > 0) settings.onRecovery()
    failures = 0
    onRevocation()
  }

  async function ask(connected: RevocationListener): Promise<void> {
    try {
      await inTime(connected.ping(), patienceSeconds)
    } catch (error) {
      if (connected !== listener) return
      await close(connected)
      throw error
    }
  }

  async function poll(): Promise<void> {
    try {
      await (listener === null ? connect() : ask(listener))
    } catch (error) {
      if (!isStopped) fail(error)
    }
  }

  /** The pause is random, so that processes that lost their connection together do not reconnect together. */
  function pauseSeconds(): number {
    const backOff = shortestPauseSeconds * 2 ** (failures - 1) * (0.5 + Math.random())
    return failures === 0 ? pingEverySeconds : Math.min(backOff, pingEverySeconds)
  }

  const poller = createPoller({ poll, pauseSeconds })

  return {
    start: () => void poller.pollNow(),
    async stop() {
      isStopped = true
      void poller.stop()
      if (listener !== null) await close(listener)
    },
  }
}
