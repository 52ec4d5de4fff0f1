/** A statement parameter. `null` works too, but the types of better-sqlite3 omit it and would not be assignable. */
export type SqliteParameter = string | number | bigint

/** A prepared statement of SQLite. */
export interface SqliteStatement {
  all(...parameters: SqliteParameter[]): unknown[]
  run(...parameters: SqliteParameter[]): { readonly changes: number | bigint }
}

/**
 * An open SQLite connection: the common subset of `libsql`, `better-sqlite3` and `node:sqlite` that the storage uses. They
 * differ in the call for each statement, arrays of parameters, error codes and the prototype of rows. In these cases the
 * storage relies on the statement and on SQLite's own messages instead.
 */
export interface SqliteHandle {
  prepare(sql: string): SqliteStatement
  /** Runs statements without parameters and discards their results. */
  exec(sql: string): unknown
  close(): unknown
}

/**
 * Checks whether another connection holds the required lock (SQLITE_BUSY). Each driver has its own code for it; the message
 * comes from SQLite and is the same in all. A locked *table* is a different error, which does not go away with time.
 */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && error.message.includes('database is locked')
}
