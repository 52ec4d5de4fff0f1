import { sql } from 'kysely'
import { type Engine, fieldOf } from './engine.js'

const lockSeconds = 600

const noSuchTable = 1146
/** Table exists, duplicate column name, duplicate key name. */
const doneAlready: readonly unknown[] = [1050, 1060, 1061]
/** Duplicate entry, deadlock. */
const lostRaces: readonly unknown[] = [1062, 1213]

/** A server with read_only, a read-only transaction, a server in read-only mode, an unknown prepared statement. */
const refusals: readonly unknown[] = [1290, 1792, 1836, 1243]

export const isRefusal = (error: unknown) => refusals.includes(fieldOf(error, 'errno'))

/** The only binary collations that distinguish texts by trailing spaces. */
export const collationOf = (version: string) => (/mariadb/i.test(version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin')

/** MySQL 8 and MariaDB. */
export const mysqlEngine: Engine = {
  async columnTypes(database) {
    const { server } = await database
      .selectNoFrom(({ fn }) => fn<string>('version').as('server'))
      .executeTakeFirstOrThrow()
    const exact = `character set utf8mb4 collate ${collationOf(server)}`
    const [id, key, text] = [`varchar(128) ${exact}`, `varchar(512) ${exact}`, `mediumtext ${exact}`]
    return { id, key, text, number: 'bigint' }
  },

  tableEnding: () => 'engine = InnoDB',

  /** CREATE TABLE ends every transaction, so the lock belongs to the connection. It is released with the connection. */
  exclusively: (database, work) =>
    database.connection().execute(async connection => {
      const lock = sql`sha1(concat('fast-auth ', database()))`
      const { isHeld } = await connection
        .selectNoFrom(sql<number | null>`get_lock(${lock}, ${sql.lit(lockSeconds)})`.as('isHeld'))
        .executeTakeFirstOrThrow()
      if (Number(isHeld) !== 1)
        throw new Error(
          `Another process is migrating the database: its lock was not free within ${lockSeconds} seconds`,
        )
      try {
        await work(connection)
      } finally {
        await connection.selectNoFrom(sql`release_lock(${lock})`.as('isReleased')).execute()
      }
    }),

  answeredUpdates: null,

  hasOneWriter: false,

  isMissingTable: error => fieldOf(error, 'errno') === noSuchTable,

  isDoneAlready: error => doneAlready.includes(fieldOf(error, 'errno')),

  isRefusal,

  isLostRace: error => lostRaces.includes(fieldOf(error, 'errno')),
}
