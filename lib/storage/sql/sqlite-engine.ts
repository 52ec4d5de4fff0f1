import type { Engine } from './engine.js'
import { fieldOf } from './engine.js'

/**
 * Columns compare by bytes (BINARY, SQLite's own default): no collation ever decides whose an address is. The tables that
 * are found by one key have no rowid: the row lies in the key's own tree, but for rows too long for it.
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

  /** There are none: what locks the whole database waits. */
  isLostRace: () => false,
}
