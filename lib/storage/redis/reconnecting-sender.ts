import { withDeadline } from '../../async/with-deadline.js'
import { type RedisClient, type Send, sender } from './redis-client.js'

/** Limits reconnections: with a permanent replica, each command would otherwise open a connection. */
const pauseMilliseconds = 1000
/** Less than the deadline of a method, so nothing is written after the caller has received an error. */
const patienceMilliseconds = 1000

const isReadOnly = (error: unknown) => error instanceof Error && error.message.startsWith('READONLY')

/** Returns `null` if the client cannot be reconnected, or follows its primaries itself, as a cluster client does. */
function reconnectionOf(client: RedisClient): (() => Promise<unknown>) | null {
  if (!('call' in client)) {
    const { connect, close } = client
    if (connect === undefined || close === undefined) return null
    // Waits for pending replies.
    return () => close.call(client).then(() => connect.call(client))
  }
  const { once, disconnect, isCluster } = client
  if (once === undefined || disconnect === undefined || isCluster === true) return null
  return () =>
    new Promise<void>(resolve => {
      once.call(client, 'ready', resolve)
      disconnect.call(client, true)
    })
}

/**
 * Sends commands. If the server has become a replica, reconnects the client, whose address should now resolve to the new
 * primary, and resends the rejected command once. This is safe: a replica has written nothing.
 */
export function reconnectingSender(client: RedisClient): Send {
  const send = sender(client)
  const reconnect = reconnectionOf(client)
  if (reconnect === null) return send
  let reconnection: Promise<boolean> = Promise.resolve(false)
  let reconnectedAt = Number.NEGATIVE_INFINITY
  let isUnderWay = false
  const unanswered = new Set<Promise<unknown>>()

  async function sent(words: readonly string[]): Promise<unknown> {
    const reply = send(words)
    unanswered.add(reply)
    try {
      return await reply
    } finally {
      unanswered.delete(reply)
    }
  }

  /** Resolves with whether the client is connected again. Commands that fail concurrently share one reconnection. */
  const reconnected = (): Promise<boolean> => {
    if (performance.now() < reconnectedAt + pauseMilliseconds) return reconnection
    reconnectedAt = performance.now()
    // Closing the connection earlier would make the outcome of commands without a reply unknown.
    const done = Promise.allSettled(unanswered)
      .then(reconnect)
      .then(
        () => true,
        () => false,
      )
    isUnderWay = true
    const late = () => new Error('Reconnecting takes too long')
    reconnection = withDeadline(done, { milliseconds: patienceMilliseconds, late, keepsAlive: false })
      .catch(() => false)
      .finally(() => {
        isUnderWay = false
      })
    return reconnection
  }

  return async words => {
    if (isUnderWay) await reconnection
    try {
      return await sent(words)
    } catch (error) {
      if (!isReadOnly(error) || !(await reconnected())) throw error
      return sent(words)
    }
  }
}
