import type { Engine } from './engine.js'
import { fieldOf } from './engine.js'

/**
 * Columns compare byte for byte (BINARY, SQLite's default), so no collation can make two addresses equal. Tables with a
 * single lookup key have no rowid: rows are stored in the tree of the key, unless they are too long for it.
 */
export const sqliteEngine: Engine = {
  columnTypes: async () => ({ id: 'text', key: 'text', text: 'text', number: 'integer' }),

  tableEnding: isLong => (isLong ? 'strict' : 'strict, without rowid'),

  /** BEGIN IMMEDIATE locks the whole database. */
  exclusively: (database, work) => database.transaction().execute(work),

  answeredUpdates: null,

  hasOneWriter: true,

  isMissingTable: error => String(fieldOf(error, 'message')).includes('no such table'),

  isDoneAlready: () => false,

  isRefusal: () => false,

  /** There are no lost races: a transaction locks the whole database, and others wait. */
  isLostRace: () => false,
}
