import { Kysely } from 'kysely'
import { assertSqliteOptions } from '../storage/sql/assert-sqlite-options.js'
import { openSqliteFile } from '../storage/sql/open-sqlite-file.js'
import { sqliteDialect } from '../storage/sql/sqlite-dialect.js'
import { SqliteDriver } from '../storage/sql/sqlite-driver.js'
import { sqliteEngine } from '../storage/sql/sqlite-engine.js'
import type { SqliteHandle } from '../storage/sql/sqlite-handle.js'
import type { Tables } from '../storage/sql/tables.js'
import { type SqlStorage, sqlStorage } from './sql-storage.js'

export type { SqliteHandle, SqliteParameter, SqliteStatement } from '../storage/sql/sqlite-handle.js'
export type { SqlStorage } from './sql-storage.js'

interface SqliteWaiting {
  /**
   * Maximum time that a method waits for a lock of another connection to the file, in milliseconds. Then it rejects with
   * SQLite's "database is locked". 0 does not wait. The wait does not block the event loop.
   * @default 5000
   */
  readonly busyTimeoutMilliseconds?: number
}

/** The options of `sqliteStorage` for a file that it opens itself. */
export interface SqliteFileOptions extends SqliteWaiting {
  /**
   * Path of the file, relative to the working directory. A missing file is created, a missing folder is not. `:memory:` is a
   * database that exists as long as the storage. Opened with the package `libsql`, in WAL mode.
   */
  readonly file: string
  /**
   * Durability of writes.
   * `full`: a completed method survives a crash and a power failure.
   * `normal`: writes are several times faster, but a power failure may undo the last completed methods, such as a sign-out.
   * Neither corrupts the file.
   * @default 'full'
   * @see https://sqlite.org/pragma.html#pragma_synchronous
   */
  readonly synchronous?: 'full' | 'normal'
  readonly database?: never
}

/** The options of `sqliteStorage` for an open connection. */
export interface SqliteDatabaseOptions extends SqliteWaiting {
  /**
   * Open connection: a `Database` of `libsql` or `better-sqlite3`, or a `DatabaseSync` of `node:sqlite`. It stays open
   * when the storage is closed. Its `busy_timeout` is set to 0, since the storage does the waiting. Set WAL mode and
   * `synchronous` as needed (`PRAGMA journal_mode = WAL`), and leave integers as numbers (no `safeIntegers`).
   * Do not use the connection for anything else. SQLite executes every statement on a connection within its open
   * transaction, so a second transaction on it breaks those of the storage.
   */
  readonly database: SqliteHandle
  readonly file?: never
  readonly synchronous?: never
}

/** The options of `sqliteStorage`: a file, or an open connection. */
export type SqliteStorageOptions = SqliteFileOptions | SqliteDatabaseOptions

const defaultBusyTimeoutMilliseconds = 5000

/**
 * Creates a storage on SQLite: one file, one connection; any number of processes may use the file. Call `migrate()` before
 * the first use. SQLite itself works on the calling thread; only waiting for a lock is asynchronous. During a burst of
 * methods, the event loop gets a turn between any two.
 * @throws {TypeError} An option is missing, unknown or invalid; the message names it.
 * @throws {Error} `libsql` is not installed, the folder does not exist, or the file is not a database.
 * @example
 * ```ts
 * import { sqliteStorage } from 'fast-auth/storage/sqlite'
 *
 * await app.register(fastAuth, { secrets, storage: sqliteStorage({ file: 'app.db' }) })
 * ```
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
