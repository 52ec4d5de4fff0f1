import type { Kysely } from 'kysely'
import type { ColumnKind } from './schema.js'
import type { Tables } from './tables.js'

export type ColumnTypes = Readonly<Record<ColumnKind, string>>

/** What the storage must know of a kind of database beyond what Kysely knows. */
export interface Engine {
  /** The types of its columns. Texts compare byte for byte and sort by code point. May ask the database which it is. */
  columnTypes(database: Kysely<Tables>): Promise<ColumnTypes>

  /** What stands behind the brackets of a CREATE TABLE. */
  tableEnding(isLong: boolean): string

  /**
   * Carries out `work` on one connection while no other process is at it: in one transaction where the database takes
   * back a CREATE TABLE with one.
   */
  exclusively(database: Kysely<Tables>, work: (connection: Kysely<Tables>) => Promise<void>): Promise<void>

  /** Where an UPDATE can answer with the rows that it has changed, and with those that it was joined to. */
  readonly answeredUpdates: {
    /** Whether it was refused for want of a transaction that says that it writes: the server's default is to read only. */
    wantsTransaction(error: unknown): boolean
  } | null

  /** Whether whoever writes has the database for itself, so that what waits for it may be written together. */
  readonly hasOneWriter: boolean

  isMissingTable(error: unknown): boolean

  /** What a statement says that was carried out before, by a process that died then: where no transaction takes it back. */
  isDoneAlready(error: unknown): boolean

  /**
   * Whether the server refused a statement because of what the connection is: it leads to a replica, or what was prepared
   * on it is gone. Nothing is written, and a new connection may lead elsewhere.
   */
  isRefusal(error: unknown): boolean

  /**
   * Whether the step failed, leaving nothing behind, because of others at the same moment: carried out again it finds out
   * what they did.
   */
  isLostRace(error: unknown): boolean
}

/** A field of an error, whatever was thrown. */
export function fieldOf(error: unknown, field: 'code' | 'errno' | 'message'): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, field) : undefined
}
