import { assertOptions, hasMethod, statementTimeoutRule, tablePrefixRule } from '../storage/sql/assert-options.js'
import { type MysqlPool, mysqlDialect } from '../storage/sql/mysql-dialect.js'
import { mysqlEngine } from '../storage/sql/mysql-engine.js'
import type { TableNames } from '../storage/sql/table-names.js'
import { dialectStorage } from './dialect-storage.js'
import type { SqlStorage } from './sql-storage.js'

export type { MysqlConnection, MysqlStatement } from '../storage/sql/mysql-connection.js'
export type { MysqlPool } from '../storage/sql/mysql-dialect.js'
export type { SqlStorage } from './sql-storage.js'

/** The options of `mysqlStorage`. */
export interface MysqlStorageOptions extends TableNames {
  /**
   * Pool of `mysql2` or `mysql2/promise` to the primary, with the character set utf8mb4, which is its default. It stays
   * open when the storage is closed: your application closes it.
   */
  readonly pool: MysqlPool | { readonly pool: MysqlPool }
  /**
   * Time limit of a method's statement, in milliseconds. If it is exceeded, the statement is abandoned and its connection
   * closed, so an unreachable server does not exhaust the pool. Migrations have no limit.
   * @default 10_000
   */
  readonly statementTimeoutMilliseconds?: number
}

const isPool = (value: unknown) => hasMethod(value, 'getConnection')

const rules = {
  pool: { isRight: isPool, allowed: 'a pool of the package mysql2', isNeeded: true },
  statementTimeoutMilliseconds: statementTimeoutRule,
  tablePrefix: tablePrefixRule,
}

/**
 * Creates a storage on MySQL 8.0.17 or later, or on MariaDB 10.6 or later. Call `migrate()` before the first use.
 * @throws {TypeError} An option is missing, unknown or invalid; the message names it.
 * @example
 * ```ts
 * import { mysqlStorage } from 'fast-auth/storage/mysql'
 * import mysql from 'mysql2/promise'
 *
 * const pool = mysql.createPool({ uri: 'mysql://user:password@127.0.0.1/app' })
 * app.addHook('onClose', () => pool.end())
 * await app.register(fastAuth, { secrets, storage: mysqlStorage({ pool }) })
 * ```
 */
export function mysqlStorage(options: MysqlStorageOptions): SqlStorage {
  assertOptions('mysqlStorage', options, rules)
  const { pool: given, statementTimeoutMilliseconds = 10_000, ...names } = options
  const pool = 'pool' in given ? given.pool : given
  return dialectStorage({
    dialect: mysqlDialect(pool, statementTimeoutMilliseconds),
    migratingDialect: mysqlDialect(pool, null),
    engine: mysqlEngine,
    names,
  })
}
