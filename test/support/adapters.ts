import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Test } from 'tap'
import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { mysqlStorage } from '../../lib/engines/mysql.js'
import { postgresStorage } from '../../lib/engines/postgres.js'
import { redisStorage } from '../../lib/engines/redis.js'
import { sqliteStorage } from '../../lib/engines/sqlite.js'
import { connectIoredis, keySpace, withoutRedis } from '../storage/redis/fixtures/redis-connections.js'
import { mysqlPool, mysqlServer, postgresPool, postgresServer } from './database-server.js'

export interface OpenedStorage {
  readonly storage: Storage
  /** The whole content of the database, as text; `null` if there is no database. */
  readonly dump: (() => Promise<string>) | null
}

/** A kind of storage, for tests that every one of them must pass. */
export interface Adapter {
  readonly name: string
  /** A sentence that says how to start a server, if there is none: the reason to skip a test. */
  readonly missing: string | false
  /** An empty database of the test's own, which goes with it. */
  open(t: Test): Promise<OpenedStorage>
}

const tables = [
  'users',
  'sessions',
  'one_time_tokens',
  'api_keys',
  'totp_factors',
  'recovery_codes',
  'passkeys',
  'passkey_uses',
  'sign_in_codes',
  'identities',
  'provider_flows',
  'revocations',
  'outbox',
  'events',
]
const [postgres, mysql, missingRedis] = await Promise.all([postgresServer(), mysqlServer(), withoutRedis()])

export const memoryAdapter: Adapter = {
  name: 'memory',
  missing: false,
  open: async () => ({ storage: memoryStorage(), dump: null }),
}

export const sqliteAdapter: Adapter = {
  name: 'SQLite',
  missing: false,
  async open(t) {
    const folder = t.testdir()
    /** Its file, its log, its index. */
    const dump = async () =>
      Buffer.concat(readdirSync(folder).map(file => readFileSync(join(folder, file)))).toString('latin1')
    return { storage: sqliteStorage({ file: join(folder, 'auth.db') }), dump }
  },
}

/** The storages that need no server. */
export const embeddedAdapters: readonly Adapter[] = [memoryAdapter, sqliteAdapter]

/** The storages of database servers. */
export const serverAdapters: readonly Adapter[] = [
  {
    name: 'PostgreSQL',
    missing: postgres.missing,
    async open(t) {
      const pool = postgresPool(t, await postgres.createDatabase(t))
      const rowsOf = async (table: string) =>
        (await pool.query(`select row_to_json(line)::text as row from fast_auth_${table} line`)).rows
      return { storage: postgresStorage({ pool }), dump: () => dumpOf(rowsOf) }
    },
  },
  {
    name: 'MariaDB',
    missing: mysql.missing,
    async open(t) {
      const pool = mysqlPool(t, await mysql.createDatabase(t))
      const query = promisify((text: string, done: (error: Error | null, rows: unknown) => void) =>
        pool.query(text, done),
      )
      return { storage: mysqlStorage({ pool }), dump: () => dumpOf(table => query(`select * from fast_auth_${table}`)) }
    },
  },
  {
    name: 'Redis',
    missing: missingRedis,
    async open(t) {
      const { keyPrefix, keys } = await keySpace(t)
      const { client, close } = await connectIoredis()
      t.teardown(close)
      /** By the type's own read command: the payload of DUMP is compressed, so a search of it proves nothing. */
      const readers: Readonly<Record<string, (key: string) => Promise<unknown>>> = {
        string: key => client.get(key),
        hash: key => client.hgetall(key),
        list: key => client.lrange(key, 0, -1),
        set: key => client.smembers(key),
        zset: key => client.zrange(key, '0', '-1', 'WITHSCORES'),
        stream: key => client.xrange(key, '-', '+'),
        none: async () => null,
      }
      const dumpOfKey = async (key: string) => {
        const type = await client.type(key)
        const read = readers[type]
        if (read === undefined) throw new Error(`no reader for a Redis key of type ${type}`)
        return `${key} ${JSON.stringify(await read(key))}`
      }
      const dump = async () => (await Promise.all((await keys()).map(dumpOfKey))).join('\n')
      return { storage: redisStorage({ client, keyPrefix }), dump }
    },
  },
]

export const adapters = [...embeddedAdapters, ...serverAdapters]

async function dumpOf(rowsOf: (table: string) => Promise<unknown>): Promise<string> {
  const dumped = await Promise.all(
    tables.map(async table => `fast_auth_${table} ${JSON.stringify(await rowsOf(table))}`),
  )
  return dumped.join('\n')
}
