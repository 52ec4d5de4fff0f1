import { setTimeout as sleep } from 'node:timers/promises'

/** A client of the package `redis`: all that is used of it. */
export interface WatchedClient {
  ping(): Promise<unknown>
  connect(): Promise<unknown>
  destroy(): void
}

const limitMilliseconds = 5000

/** A ping that is refused, since there is no connection just now, is not late: the client sees to that by itself. */
function isLate(answer: Promise<unknown>): Promise<boolean> {
  const inTime = answer.then(
    () => false,
    () => false,
  )
  return Promise.race([inTime, sleep(limitMilliseconds, true, { ref: false })])
}

/**
 * Replaces the connection of a client when nothing comes back on it for 5 s: a network may lose its way without telling,
 * and the client would go on sending until the operating system gives up, which is a quarter of an hour.
 * @returns what ends the watch.
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
