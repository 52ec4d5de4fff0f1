import type { ListenForRevocations, RevocationListener, RevocationStore } from '../revocation-store.js'
import type { RedisClient } from './redis-client.js'
import { type Subscriber, subscriberOf } from './redis-subscriber.js'

async function listenOn(
  subscriber: Subscriber,
  channel: string,
  { onRevocation, onLoss }: ListenForRevocations,
): Promise<RevocationListener> {
  const over = new AbortController()
  let isListening = false

  function end(reason?: Error): void {
    if (over.signal.aborted) return
    over.abort(reason)
    subscriber.end()
  }

  subscriber.onBreak(() => {
    const reason = new Error('The connection that listens to Redis is lost')
    const isNew = !over.signal.aborted
    end(reason)
    if (isNew && isListening) onLoss(reason)
  })

  try {
    await subscriber.connect()
    await subscriber.subscribe(channel, () => {
      if (!over.signal.aborted) onRevocation()
    })
    over.signal.throwIfAborted()
  } catch (error) {
    end()
    throw error
  }
  isListening = true
  return {
    ping: async () => void (await subscriber.ping()),
    close: async () => end(),
  }
}

/** Returns `listen`, which receives revocations on a separate connection. */
export function redisPush(client: RedisClient, channel: string): Required<Pick<RevocationStore, 'listen'>> {
  return { listen: request => listenOn(subscriberOf(client), channel, request) }
}
