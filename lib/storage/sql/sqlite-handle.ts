/** What a statement is given. `null` too, but the types of better-sqlite3 deny it and would fit none that admits it. */
export type SqliteParameter = string | number | bigint

export interface SqliteStatement {
  all(...parameters: SqliteParameter[]): unknown[]
  run(...parameters: SqliteParameter[]): { readonly changes: number | bigint }
}

/**
 * An open SQLite connection: what `libsql`, `better-sqlite3` and `node:sqlite` have in common, and all that is used of
 * them. Where they differ (which call a statement wants, arrays of parameters, error codes, the prototype of rows), the
 * storage goes by the statement and by SQLite's own words instead.
 */
export interface SqliteHandle {
  prepare(sql: string): SqliteStatement
  /** Runs statements without parameters and drops what they return. */
  exec(sql: string): unknown
  close(): unknown
}

/**
 * Whether another connection holds the lock that was wanted (SQLITE_BUSY). Each driver has a code of its own for it; the
 * sentence is SQLite's and the same in all. That a *table* is locked is another error, which waiting doesn't cure.
 */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && error.message.includes('database is locked')
}
