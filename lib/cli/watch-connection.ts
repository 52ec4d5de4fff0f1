import { createPoller } from '../async/poller.js'
import { withDeadline } from '../async/with-deadline.js'

/** The used part of a client of the package `redis`. */
export interface WatchedClient {
  ping(): Promise<unknown>
  connect(): Promise<unknown>
  destroy(): void
}

/** Returns whether a ping gets no reply in time. A rejected ping is not late: the client reconnects on its own. */
function isLate(ping: Promise<unknown>, limitSeconds: number): Promise<boolean> {
  const replied = ping.then(
    () => false,
    () => false,
  )
  const late = () => new Error('The ping got no reply')
  return withDeadline(replied, { milliseconds: limitSeconds * 1000, late, keepsAlive: false }).catch(() => true)
}

/**
 * Replaces the connection of a client if a ping gets no reply in time. A network can fail silently; without the ping, the
 * client would keep sending until the operating system gives up, after about 15 minutes.
 * @param limitSeconds how long a ping may take, and the pause between two of them
 * @returns A function that stops the watch.
 */
export function watchConnection(client: WatchedClient, limitSeconds = 5): () => void {
  async function look(signal: AbortSignal): Promise<void> {
    if (!(await isLate(client.ping(), limitSeconds)) || signal.aborted) return
    client.destroy()
    await client.connect()
  }

  const poll = (signal: AbortSignal) => look(signal).catch(() => undefined)
  const poller = createPoller({ poll, pauseSeconds: () => limitSeconds })
  poller.startIn(limitSeconds)
  return () => void poller.stop()
}
