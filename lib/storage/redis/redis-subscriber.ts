import type { IoredisSubscriber, NodeRedisSubscriber, RedisClient } from './redis-client.js'

/** A connection of its own, to hear what is published. Not connected yet. */
export interface Subscriber {
  connect(): Promise<unknown>
  subscribe(channel: string, hear: () => void): Promise<unknown>
  ping(): Promise<unknown>
  /** Calls it when the connection breaks, perhaps several times. */
  onBreak(listener: () => void): void
  /** It doesn't connect again. */
  end(): void
}

function ofIoredis(duplicate: IoredisSubscriber): Subscriber {
  return {
    connect: () => duplicate.connect(),
    subscribe(channel, hear) {
      duplicate.on('message', hear)
      return duplicate.subscribe(channel)
    },
    ping: () => duplicate.ping(),
    onBreak(listener) {
      duplicate.on('error', listener)
      duplicate.on('close', listener)
    },
    end: () => duplicate.disconnect(),
  }
}

function ofNodeRedis(duplicate: NodeRedisSubscriber): Subscriber {
  return {
    connect: () => duplicate.connect(),
    subscribe: (channel, hear) => duplicate.subscribe(channel, hear),
    ping: () => duplicate.ping(),
    onBreak(listener) {
      duplicate.on('error', listener)
      duplicate.on('end', listener)
    },
    end: () => duplicate.destroy(),
  }
}

const unconnected = { lazyConnect: true }

/** Connects as `client` does. */
export function subscriberOf(client: RedisClient): Subscriber {
  if (!('call' in client)) return ofNodeRedis(client.duplicate())
  // A cluster is told of other nodes first.
  const overrides = client.isCluster === true ? [[], unconnected] : [unconnected]
  const duplicate: IoredisSubscriber = Reflect.apply(client.duplicate, client, overrides)
  return ofIoredis(duplicate)
}
