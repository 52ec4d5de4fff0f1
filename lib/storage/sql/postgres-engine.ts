import { sql } from 'kysely'
import { type Engine, fieldOf } from './engine.js'

/** Held during a migration. Other applications on the database are unlikely to use this number. */
const advisoryLock = '7308604897285465185'

const undefinedTable = '42P01'
const readOnly = '25006'

/**
 * A read-only transaction, an unknown prepared statement, and an unsupported feature: a writing transaction on a standby, or
 * a prepared `select *` from before a migration.
 */
const refusals: readonly unknown[] = [readOnly, '26000', '0A000']

export const isRefusal = (error: unknown) => refusals.includes(fieldOf(error, 'code'))

const lostRaces: readonly unknown[] = ['40001', '40P01', '23505']

const text = 'text collate "C"'

export const postgresEngine: Engine = {
  columnTypes: async () => ({ id: text, key: text, text, number: 'bigint' }),

  tableEnding: () => '',

  /** The lock ends with the transaction, so it is safe with PgBouncer. */
  exclusively: (database, work) =>
    database.transaction().execute(async transaction => {
      await sql`select pg_advisory_xact_lock(${sql.raw(advisoryLock)})`.execute(transaction)
      await work(transaction)
    }),

  answeredUpdates: { wantsTransaction: error => fieldOf(error, 'code') === readOnly },

  hasOneWriter: false,

  isMissingTable: error => fieldOf(error, 'code') === undefinedTable,

  isDoneAlready: () => false,

  isRefusal,

  /** Serialization failure, deadlock, and a unique value that another step stored concurrently. */
  isLostRace: error => lostRaces.includes(fieldOf(error, 'code')),
}
