import type { Kysely } from 'kysely'
import type { ColumnKind } from './schema.js'
import type { Tables } from './tables.js'

export type ColumnTypes = Readonly<Record<ColumnKind, string>>

/** Properties of a database engine that Kysely does not cover. */
export interface Engine {
  /** Returns the column types. Texts compare byte for byte and sort by code point. May query the version of the server. */
  columnTypes(database: Kysely<Tables>): Promise<ColumnTypes>

  /** The end of a CREATE TABLE statement, after the brackets. */
  tableEnding(isLong: boolean): string

  /**
   * Runs `work` on one connection while it locks out other processes. Uses one transaction if the database can roll back
   * CREATE TABLE.
   */
  exclusively(database: Kysely<Tables>, work: (connection: Kysely<Tables>) => Promise<void>): Promise<void>

  /** Whether an UPDATE can return the changed rows and the rows joined to them. */
  readonly answeredUpdates: {
    /** Checks whether the statement was refused because the server's transactions are read-only by default. */
    wantsTransaction(error: unknown): boolean
  } | null

  /** Whether a writer locks the whole database, so waiting steps may share one transaction. */
  readonly hasOneWriter: boolean

  isMissingTable(error: unknown): boolean

  /** Checks whether a process that crashed has already run the statement. Applies if the database cannot roll back DDL. */
  isDoneAlready(error: unknown): boolean

  /**
   * Checks whether the server refused a statement because of the connection: the server is a replica, or the prepared
   * statement no longer exists. Nothing is written, and a new connection may succeed.
   */
  isRefusal(error: unknown): boolean

  /**
   * Checks whether the step failed because of a concurrent step and left nothing behind. A retry sees what the other step
   * wrote.
   */
  isLostRace(error: unknown): boolean
}

/** Returns a field of any thrown value. */
export function fieldOf(error: unknown, field: 'code' | 'errno' | 'message'): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, field) : undefined
}
