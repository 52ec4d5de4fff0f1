import { assertOptions, hasMethod, schemaRule, statementTimeoutRule, tablePrefixRule } from './assert-options.js'
import { dialectStorage } from './dialect-storage.js'
import { type PostgresPool, postgresDialect } from './postgres-dialect.js'
import { postgresEngine } from './postgres-engine.js'
import { postgresPush } from './postgres-push.js'
import type { SqlStorage } from './sql-storage.js'
import { StatementNames } from './statement-names.js'
import type { SchemaNames } from './table-names.js'

export type { PostgresClient, PostgresStatement } from './postgres-connection.js'
export type { PostgresPool } from './postgres-dialect.js'
export type { SqlStorage } from './sql-storage.js'

export interface PostgresStorageOptions extends SchemaNames {
  /** A `Pool` of `pg` to the primary. It stays open when the storage is closed: who opened it closes it. */
  readonly pool: PostgresPool
  /**
   * Whether statements are prepared, each once per connection, which nearly doubles what a database gets done. Default
   * `true`; `false` behind a PgBouncer older than 1.21, or with `max_prepared_statements = 0`, in transaction mode.
   */
  readonly preparedStatements?: boolean
  /**
   * After this many milliseconds without an answer a statement of a method is given up and its connection closed, so that a
   * server that vanished doesn't keep the pool's connections. Migrations take their time. Default 10,000.
   */
  readonly statementTimeoutMilliseconds?: number
  /**
   * Whether this process tells the others of what it revokes with NOTIFY, and hears of it with LISTEN on one of the
   * pool's connections, which it keeps. Default `true`, but `false` where the pool has but one. Say `false` behind
   * PgBouncer in transaction mode, which takes no LISTEN; the others then learn of it within a second all the same.
   */
  readonly push?: boolean
}

/** A method would wait for ever for the connection that listens. */
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
 * The storage port on PostgreSQL. Call `migrate()` before the first use.
 * @throws {TypeError} An option is missing, unknown or not what it must be; the sentence names it.
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
