/** The result of `duplicate` of `ioredis`. */
export interface IoredisSubscriber {
  connect(): Promise<unknown>
  subscribe(channel: string): Promise<unknown>
  ping(): Promise<unknown>
  on(event: 'message' | 'error' | 'close', listener: () => void): unknown
  disconnect(): void
}

/** Client of `ioredis`: a `Redis` or a `Cluster`. */
export interface IoredisClient {
  call(command: string, words: string[]): Promise<unknown>
  readonly options?: { readonly keyPrefix?: string | undefined }
  readonly isCluster?: boolean
  /** Together with `disconnect`, reconnects a client whose server has become a replica. */
  once?(event: 'ready', listener: () => void): unknown
  disconnect?(reconnect?: boolean): void
  duplicate(...overrides: never[]): IoredisSubscriber
}

/** The result of `duplicate` of `redis`. */
export interface NodeRedisSubscriber {
  connect(): Promise<unknown>
  subscribe(channel: string, listener: () => void): Promise<unknown>
  ping(): Promise<unknown>
  on(event: 'error' | 'end', listener: () => void): unknown
  destroy(): void
}

/** Client of `redis`, also called node-redis: the result of `createClient`. */
export interface NodeRedisClient {
  sendCommand(words: readonly string[]): Promise<unknown>
  /** Together with `close`, reconnects a client whose server has become a replica. */
  connect?(): Promise<unknown>
  close?(): Promise<unknown>
  duplicate(): NodeRedisSubscriber
}

/** A client of one of the two packages for Redis. */
export type RedisClient = IoredisClient | NodeRedisClient

/** Sends a command, name first, and resolves with the reply. */
export type Send = (words: readonly string[]) => Promise<unknown>

/** Returns a function that works with both clients: it sends a command unchanged and resolves with the reply. */
export function sender(client: RedisClient): Send {
  if (!('call' in client)) return words => client.sendCommand(words)
  return ([command = '', ...words]) => client.call(command, words)
}
