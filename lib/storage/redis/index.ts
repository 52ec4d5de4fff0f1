import type { Storage } from '../storage.js'
import { assertRedisOptions } from './assert-redis-options.js'
import { migrate } from './migrate.js'
import { redisApiKeys } from './redis-api-keys.js'
import type { RedisClient } from './redis-client.js'
import { redisDatabase } from './redis-database.js'
import { redisEvents } from './redis-events.js'
import { methodsOn } from './redis-method.js'
import { redisOneTimeTokens } from './redis-one-time-tokens.js'
import { redisOutbox } from './redis-outbox.js'
import { redisPurge } from './redis-purge.js'
import { redisPush } from './redis-push.js'
import { redisRevocations } from './redis-revocations.js'
import { redisSessions } from './redis-sessions.js'
import { redisUsers } from './redis-users.js'

export type { IoredisClient, NodeRedisClient, RedisClient } from './redis-client.js'

export interface RedisStorageOptions {
  /**
   * A client of `ioredis` (a `Redis` or a `Cluster`) or of `redis` (what `createClient` gives), connected to the primary:
   * a replica may be behind. It stays open when the storage is closed, and may be used for other things. Let it refuse
   * commands while it is not connected, and never send one again by itself: docs/redis.md has the settings.
   */
  readonly client: RedisClient
  /**
   * What the names of all keys begin with, in braces. Default `fast-auth`. Two storages with different prefixes have
   * nothing in common; keys with the prefix belong to the storage alone.
   */
  readonly keyPrefix?: string
  /**
   * Whether this process tells the others of what it revokes with PUBLISH, and hears of it with SUBSCRIBE on a connection of
   * its own, a duplicate of `client`, which the storage closes. Default `true`. Without it, and for a user who may not,
   * the others learn of it within a second all the same.
   */
  readonly push?: boolean
}

/**
 * The storage port on Redis, the whole of it: users, sessions, tokens, API keys, messages, events. Redis must keep what
 * it is told on disk and evict nothing, see docs/redis.md. Call `migrate()` before the first use.
 * @throws {TypeError} An option is missing, unknown or not what it must be; the sentence names it.
 */
export function redisStorage(options: RedisStorageOptions): Storage {
  assertRedisOptions(options)
  const { client, keyPrefix = 'fast-auth', push = true } = options
  const database = redisDatabase(client, keyPrefix)
  const method = methodsOn(database)
  return {
    users: redisUsers(database, method),
    sessions: redisSessions(method),
    oneTimeTokens: redisOneTimeTokens(method),
    apiKeys: redisApiKeys(method),
    revocations: { ...redisRevocations(method), ...(push ? redisPush(client, database.keys.revoked) : {}) },
    outbox: redisOutbox(database, method),
    events: redisEvents(database, method),
    purge: redisPurge(method),
    reach: 'network',

    migrate: () => migrate(database),

    async ping() {
      await database.send(['SET', database.keys.ping, '', 'PX', '60000'])
    },

    async close() {},
  }
}
