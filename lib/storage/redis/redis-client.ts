/** What `duplicate` of `ioredis` gives. */
export interface IoredisSubscriber {
  connect(): Promise<unknown>
  subscribe(channel: string): Promise<unknown>
  ping(): Promise<unknown>
  on(event: 'message' | 'error' | 'close', listener: () => void): unknown
  disconnect(): void
}

/** Of `ioredis`: a `Redis` or a `Cluster`. */
export interface IoredisClient {
  call(command: string, words: string[]): Promise<unknown>
  readonly options?: { readonly keyPrefix?: string | undefined }
  readonly isCluster?: boolean
  /** With `disconnect`, for reconnecting a client whose server has become a replica. */
  once?(event: 'ready', listener: () => void): unknown
  disconnect?(reconnect?: boolean): void
  duplicate(...overrides: never[]): IoredisSubscriber
}

/** What `duplicate` of `redis` gives. */
export interface NodeRedisSubscriber {
  connect(): Promise<unknown>
  subscribe(channel: string, listener: () => void): Promise<unknown>
  ping(): Promise<unknown>
  on(event: 'error' | 'end', listener: () => void): unknown
  destroy(): void
}

/** Of `redis`, which is also called node-redis: what `createClient` gives. */
export interface NodeRedisClient {
  sendCommand(words: readonly string[]): Promise<unknown>
  /** With `close`, for reconnecting a client whose server has become a replica. */
  connect?(): Promise<unknown>
  close?(): Promise<unknown>
  duplicate(): NodeRedisSubscriber
}

export type RedisClient = IoredisClient | NodeRedisClient

/** Sends a command, its name first, and answers with the reply. */
export type Send = (words: readonly string[]) => Promise<unknown>

/** What both clients have in common: a command goes out as it is, and the reply comes back. */
export function sender(client: RedisClient): Send {
  if (!('call' in client)) return words => client.sendCommand(words)
  return ([command = '', ...words]) => client.call(command, words)
}
