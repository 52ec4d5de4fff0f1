import type { MakeLimitCounters } from '../limits/limit-counters.js'
import { databaseProblem } from './database-problem.js'
import type { Database } from './database-url.js'
import { loadPackage } from './load-package.js'
import { connectRedis } from './open-redis.js'

/** The counters of the limits, where several servers count together. */
export interface OpenedCounters {
  readonly counters: MakeLimitCounters
  /** Whether requests are counted there too: one trip to the server each. */
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

/** Asks before it makes: who may only read and write rows needs no right to make tables then. */
async function makeTable(kind: keyof typeof createTable, query: Query): Promise<void> {
  const make = () => query(createTable[kind])
  await query(look)
    .catch(make)
    .catch(async cause => {
      // Another server may just have made it.
      await query(look).catch(() => {
        throw new Error(`Cannot prepare the database: ${databaseProblem(cause)}`, { cause })
      })
    })
}

/** A pool that is closed once, however often it is asked to. */
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
  // A connection that breaks while nobody uses it: the next count gets another, or tells.
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

/** With the table there, or closed again. */
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
 * Opens the counters beside the storage; `null` where the database is this process's own, which then counts in memory.
 * @throws {Error} A sentence on what is wrong; nothing is left open.
 */
export async function openCounters(database: Database): Promise<OpenedCounters | null> {
  if (database.kind === 'postgres') return openPostgres(database.url)
  if (database.kind === 'mysql') return openMysql(database.url)
  return database.kind === 'redis' ? openRedis(database.url) : null
}

const connect = { postgres: connectPostgres, mysql: connectMysql } as const

/** Makes the table of the counters, where they need one. @throws {Error} A sentence on what is wrong. */
export async function migrateCounters(database: Database): Promise<void> {
  if (database.kind === 'postgres' || database.kind === 'mysql') {
    const { close } = await prepared(database.kind, await connect[database.kind](database.url))
    await close()
  }
}

/** The statement that would make it, where it is not there. Nothing is carried out. */
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
