import type { MakeLimitCounters } from '../limits/limit-counters.js'
import { databaseProblem } from './database-problem.js'
import type { Database } from './database-url.js'
import { loadPackage } from './load-package.js'
import { connectRedis } from './open-redis.js'

/** The counters of the rate limits that several servers share. */
export interface OpenedCounters {
  readonly counters: MakeLimitCounters
  /** Whether the request limits are shared too, at the cost of one round trip per request. */
  readonly shareRequests: boolean
  close(): Promise<void>
}

const table = 'fast_auth_limits'
const maximumConnections = 4
const connectTimeoutMilliseconds = 5000

const createTable = {
  postgres: `create table "${table}" (key varchar(255) primary key, points integer not null default 0, expire bigint)`,
  mysql: `create table \`${table}\` (\`key\` varchar(255) character set ascii not null primary key, points int not null default 0, expire bigint unsigned)`,
} as const

type Query = (sql: string) => Promise<unknown>

const look = `select 1 from ${table} where 1 = 0`

/** Creates the table only if it is missing: a database user without the privilege to create tables can use it then. */
async function makeTable(kind: keyof typeof createTable, query: Query): Promise<void> {
  const make = () => query(createTable[kind])
  await query(look)
    .catch(make)
    .catch(async cause => {
      // Another server may have created it in the meantime.
      await query(look).catch(() => {
        throw new Error(`Cannot prepare the database: ${databaseProblem(cause)}`, { cause })
      })
    })
}

/** Returns a function that closes a pool once, even if it is called several times. */
function closing(end: () => Promise<void>): () => Promise<void> {
  let closed: Promise<void> | undefined
  return () => {
    closed ??= end()
    return closed
  }
}

async function connectPostgres(url: string) {
  const { default: pg } = await loadPackage('pg', () => import('pg'))
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'fast-auth limits',
    max: maximumConnections,
    connectionTimeoutMillis: connectTimeoutMilliseconds,
    keepAlive: true,
  })
  // An idle connection broke. The next query gets another connection, or rejects.
  pool.on('error', () => undefined)
  return { pool, query: (sql: string) => pool.query(sql), close: closing(() => pool.end()) }
}

async function connectMysql(url: string) {
  const { default: mysql } = await loadPackage('mysql2', () => import('mysql2'))
  const pool = mysql.createPool({
    uri: url,
    connectionLimit: maximumConnections,
    connectTimeout: connectTimeoutMilliseconds,
    enableKeepAlive: true,
  })
  const promised = pool.promise()
  return { pool, query: (sql: string) => promised.query(sql), close: closing(() => promised.end()) }
}

/** Creates the table if it is missing. Closes the connection if that fails. */
async function prepared<Connected extends { readonly query: Query; close(): Promise<void> }>(
  kind: keyof typeof createTable,
  connected: Connected,
): Promise<Connected> {
  try {
    await makeTable(kind, connected.query)
    return connected
  } catch (error) {
    await connected.close()
    throw error
  }
}

function limiters() {
  return loadPackage('rate-limiter-flexible', () => import('rate-limiter-flexible'))
}

async function openPostgres(url: string): Promise<OpenedCounters> {
  const { RateLimiterPostgres } = await limiters()
  const { pool, close } = await prepared('postgres', await connectPostgres(url))
  const own = { storeClient: pool, storeType: 'pool', tableName: table, tableCreated: true }
  return { counters: settings => new RateLimiterPostgres({ ...settings, ...own }), shareRequests: false, close }
}

async function openMysql(url: string): Promise<OpenedCounters> {
  const { RateLimiterMySQL } = await limiters()
  const { pool, close } = await prepared('mysql', await connectMysql(url))
  const dbName = decodeURIComponent(new URL(url).pathname.slice(1))
  const own = { storeClient: pool, storeType: 'pool', dbName, tableName: table, tableCreated: true }
  return { counters: settings => new RateLimiterMySQL({ ...settings, ...own }), shareRequests: false, close }
}

async function openRedis(url: string): Promise<OpenedCounters> {
  const { RateLimiterRedis } = await limiters()
  const { client, close } = await connectRedis(url)
  const own = { storeClient: client, useRedisPackage: true }
  return { counters: settings => new RateLimiterRedis({ ...settings, ...own }), shareRequests: true, close }
}

/**
 * Opens the counters in the database of the storage. Returns `null` if other processes cannot share the database; the
 * process then counts in memory.
 * @throws {Error} The message states the problem. No connection stays open.
 */
export async function openCounters(database: Database): Promise<OpenedCounters | null> {
  if (database.kind === 'postgres') return openPostgres(database.url)
  if (database.kind === 'mysql') return openMysql(database.url)
  return database.kind === 'redis' ? openRedis(database.url) : null
}

const connect = { postgres: connectPostgres, mysql: connectMysql } as const

/** Creates the table of the counters, if the database needs one. @throws {Error} The message states the problem. */
export async function migrateCounters(database: Database): Promise<void> {
  if (database.kind === 'postgres' || database.kind === 'mysql') {
    const { close } = await prepared(database.kind, await connect[database.kind](database.url))
    await close()
  }
}

/** Returns the statement that creates the table, if the table is missing. Executes nothing. */
export async function planCounters(database: Database): Promise<readonly string[]> {
  if (database.kind !== 'postgres' && database.kind !== 'mysql') return []
  const { query, close } = await connect[database.kind](database.url)
  return query(look)
    .then(
      () => [],
      () => [createTable[database.kind]],
    )
    .finally(close)
}
