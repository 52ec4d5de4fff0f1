import { Kysely } from 'kysely'
import { assertSqliteOptions } from './assert-sqlite-options.js'
import { openSqliteFile } from './open-sqlite-file.js'
import { type SqlStorage, sqlStorage } from './sql-storage.js'
import { sqliteDialect } from './sqlite-dialect.js'
import { SqliteDriver } from './sqlite-driver.js'
import { sqliteEngine } from './sqlite-engine.js'
import type { SqliteHandle } from './sqlite-handle.js'
import type { Tables } from './tables.js'

export type { SqlStorage } from './sql-storage.js'
export type { SqliteHandle, SqliteParameter, SqliteStatement } from './sqlite-handle.js'

interface SqliteWaiting {
  /**
   * How long a method waits for a lock that another connection to the file holds, in milliseconds, before it rejects with
   * SQLite's "database is locked". Default 5000; 0 doesn't wait. The event loop goes on meanwhile.
   */
  readonly busyTimeoutMilliseconds?: number
}

export interface SqliteFileOptions extends SqliteWaiting {
  /**
   * The path of the file, from the working directory; it is made where there is none, its folder is not. `:memory:` is a
   * database that lives as long as the storage. Opened with the package `libsql`, in WAL mode.
   */
  readonly file: string
  /**
   * `full`, the default: an answered method survives a crash and a power failure. `normal`: several times faster at
   * writing, but a power failure may take the last answered methods back, a sign-out among them. The file stays whole.
   */
  readonly synchronous?: 'full' | 'normal'
  readonly database?: never
}

export interface SqliteDatabaseOptions extends SqliteWaiting {
  /**
   * An open connection: a `Database` of `libsql` or `better-sqlite3`, a `DatabaseSync` of `node:sqlite`. It stays open
   * when the storage is closed. Its `busy_timeout` is set to 0, the storage waits by itself. Set WAL mode and
   * `synchronous` as you need them (`PRAGMA journal_mode = WAL`), leave integers as numbers (no `safeIntegers`), and give
   * the storage a connection of its own: whoever else begins a transaction on it breaks the storage's, and SQLite takes
   * every statement on a connection into the transaction that is open there.
   */
  readonly database: SqliteHandle
  readonly file?: never
  readonly synchronous?: never
}

export type SqliteStorageOptions = SqliteFileOptions | SqliteDatabaseOptions

const defaultBusyTimeoutMilliseconds = 5000

/**
 * The storage port on SQLite: one file, one connection, any number of processes on the file. Call `migrate()` before
 * the first use. Only the busy wait is asynchronous, SQLite itself works on the calling thread; a burst of methods lets
 * the event loop have a turn between any two.
 * @throws {TypeError} An option is missing, unknown or not what it must be; the sentence names it.
 * @throws {Error} `libsql` is not installed, the folder does not exist, or the file is not a database.
 */
export function sqliteStorage(options: SqliteStorageOptions): SqlStorage {
  assertSqliteOptions(options)
  const { file, database, busyTimeoutMilliseconds = defaultBusyTimeoutMilliseconds } = options
  const { synchronous = 'full' } = options
  const driver = new SqliteDriver({
    handle: database ?? openSqliteFile(file),
    isOurs: database === undefined,
    busyTimeoutMilliseconds,
    synchronous,
  })
  return sqlStorage({
    database: new Kysely<Tables>({ dialect: sqliteDialect(driver) }),
    engine: sqliteEngine,
    reach: file === ':memory:' ? 'process' : 'machine',
    close: () => driver.destroy(),
  })
}
