import type { IoredisSubscriber, NodeRedisSubscriber, RedisClient } from './redis-client.js'

/** A separate connection for published messages, not yet connected. */
export interface Subscriber {
  connect(): Promise<unknown>
  subscribe(channel: string, hear: () => void): Promise<unknown>
  ping(): Promise<unknown>
  /** Calls the listener when the connection breaks, possibly several times. */
  onBreak(listener: () => void): void
  /** Closes the connection for good. */
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

/** Creates a subscriber with the connection settings of `client`. */
export function subscriberOf(client: RedisClient): Subscriber {
  if (!('call' in client)) return ofNodeRedis(client.duplicate())
  // The first argument of a cluster's `duplicate` overrides the nodes.
  const overrides = client.isCluster === true ? [[], unconnected] : [unconnected]
  const duplicate: IoredisSubscriber = Reflect.apply(client.duplicate, client, overrides)
  return ofIoredis(duplicate)
}
