import { setTimeout as sleep } from 'node:timers/promises'

/** The used part of a client of the package `redis`. */
export interface WatchedClient {
  ping(): Promise<unknown>
  connect(): Promise<unknown>
  destroy(): void
}

const limitMilliseconds = 5000

/** Returns whether a ping gets no reply in time. A rejected ping is not late: the client reconnects on its own. */
function isLate(answer: Promise<unknown>): Promise<boolean> {
  const inTime = answer.then(
    () => false,
    () => false,
  )
  return Promise.race([inTime, sleep(limitMilliseconds, true, { ref: false })])
}

/**
 * Replaces the connection of a client if a ping gets no reply for 5 s. A network can fail silently; without the ping, the
 * client would keep sending until the operating system gives up, after about 15 minutes.
 * @returns A function that stops the watch.
 */
export function watchConnection(client: WatchedClient): () => void {
  let isOver = false

  async function look(): Promise<void> {
    if (!(await isLate(client.ping())) || isOver) return
    client.destroy()
    await client.connect()
  }

  const poller = setInterval(() => void look().catch(() => undefined), limitMilliseconds).unref()
  return () => {
    isOver = true
    clearInterval(poller)
  }
}
