import { mysqlStorage } from '../engines/mysql.js'
import { postgresStorage } from '../engines/postgres.js'
import type { SqlStorage } from '../engines/sql-storage.js'
import { loadPackage } from './load-package.js'

const maximumConnections = 10
const connectTimeoutMilliseconds = 5000

/** Returns the storage with a `close` that also closes its pool. Repeated calls wait for the first. */
function withPool(storage: SqlStorage, end: () => Promise<void>): SqlStorage {
  let closing: Promise<void> | undefined
  return {
    ...storage,
    close() {
      closing ??= storage.close().then(end)
      return closing
    },
  }
}

/** Creates the storage without connecting. @throws {Error} The package `pg` is not installed. */
export async function openPostgres(url: string): Promise<SqlStorage> {
  const { default: pg } = await loadPackage('pg', () => import('pg'))
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'fast-auth',
    max: maximumConnections,
    connectionTimeoutMillis: connectTimeoutMilliseconds,
    keepAlive: true,
  })
  // An idle connection broke. The next call of the storage gets another connection, or rejects.
  pool.on('error', () => undefined)
  return withPool(postgresStorage({ pool }), () => pool.end())
}

/** Creates the storage without connecting. @throws {Error} The package `mysql2` is not installed. */
export async function openMysql(url: string): Promise<SqlStorage> {
  const { default: mysql } = await loadPackage('mysql2', () => import('mysql2/promise'))
  const pool = mysql.createPool({
    uri: url,
    connectionLimit: maximumConnections,
    connectTimeout: connectTimeoutMilliseconds,
    enableKeepAlive: true,
  })
  return withPool(mysqlStorage({ pool }), () => pool.end())
}
