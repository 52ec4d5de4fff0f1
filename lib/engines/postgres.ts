import {
  assertOptions,
  hasMethod,
  schemaRule,
  statementTimeoutRule,
  tablePrefixRule,
} from '../storage/sql/assert-options.js'
import { type PostgresPool, postgresDialect } from '../storage/sql/postgres-dialect.js'
import { postgresEngine } from '../storage/sql/postgres-engine.js'
import { postgresPush } from '../storage/sql/postgres-push.js'
import { StatementNames } from '../storage/sql/statement-names.js'
import type { SchemaNames } from '../storage/sql/table-names.js'
import { dialectStorage } from './dialect-storage.js'
import type { SqlStorage } from './sql-storage.js'

export type { PostgresClient, PostgresStatement } from '../storage/sql/postgres-connection.js'
export type { PostgresPool } from '../storage/sql/postgres-dialect.js'
export type { SqlStorage } from './sql-storage.js'

/** The options of `postgresStorage`. */
export interface PostgresStorageOptions extends SchemaNames {
  /** `Pool` of `pg`, connected to the primary. It stays open when the storage is closed: your application closes it. */
  readonly pool: PostgresPool
  /**
   * Prepares each statement once per connection, which nearly doubles throughput. Set it to `false` with PgBouncer in
   * transaction mode, if it is older than 1.21 or has `max_prepared_statements = 0`.
   * @default true
   */
  readonly preparedStatements?: boolean
  /**
   * Time limit of a method's statement, in milliseconds. If it is exceeded, the statement is abandoned and its connection
   * closed, so an unreachable server does not exhaust the pool. Migrations have no limit.
   * @default 10_000
   */
  readonly statementTimeoutMilliseconds?: number
  /**
   * Announces revocations of this process with NOTIFY, and receives those of others with LISTEN. LISTEN occupies one of the
   * pool's connections. Set it to `false` with PgBouncer in transaction mode, which does not support LISTEN. Other processes
   * then learn of revocations within a second.
   * @default true, or false if the pool has only one connection
   */
  readonly push?: boolean
}

/** With a single connection, a method would wait forever for the one that listens. */
const hasRoom = ({ options }: PostgresPool) => options?.max !== 1

const trueOrFalse = { isRight: (value: unknown) => typeof value === 'boolean', allowed: 'true or false' }

const rules = {
  pool: {
    isRight: (value: unknown) => hasMethod(value, 'connect'),
    allowed: 'a Pool of the package pg',
    isNeeded: true,
  },
  preparedStatements: trueOrFalse,
  push: trueOrFalse,
  statementTimeoutMilliseconds: statementTimeoutRule,
  tablePrefix: tablePrefixRule,
  schema: schemaRule,
}

/**
 * Creates a storage on PostgreSQL. Call `migrate()` before the first use.
 * @throws {TypeError} An option is missing, unknown or invalid; the message names it.
 * @example
 * ```ts
 * import { postgresStorage } from 'fast-auth/storage/postgres'
 * import pg from 'pg'
 *
 * const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 2000 })
 * pool.on('error', error => console.error(error))
 * app.addHook('onClose', () => pool.end())
 * await app.register(fastAuth, { secrets, storage: postgresStorage({ pool }) })
 * ```
 */
export function postgresStorage(options: PostgresStorageOptions): SqlStorage {
  assertOptions('postgresStorage', options, rules)
  const { pool, preparedStatements = true, statementTimeoutMilliseconds = 10_000, push, ...names } = options
  if (push === true && !hasRoom(pool))
    throw new TypeError('The option "push" of postgresStorage needs a pool of two connections or more')
  const statementNames = preparedStatements ? new StatementNames() : null
  return dialectStorage({
    dialect: postgresDialect(pool, { names: statementNames, timeoutMilliseconds: statementTimeoutMilliseconds }),
    migratingDialect: postgresDialect(pool, { names: null, timeoutMilliseconds: null }),
    engine: postgresEngine,
    names,
    ...((push ?? hasRoom(pool)) ? { push: postgresPush(pool, names, statementTimeoutMilliseconds) } : {}),
  })
}
