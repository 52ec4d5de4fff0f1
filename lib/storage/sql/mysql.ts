import { assertOptions, hasMethod, statementTimeoutRule, tablePrefixRule } from './assert-options.js'
import { dialectStorage } from './dialect-storage.js'
import { type MysqlPool, mysqlDialect } from './mysql-dialect.js'
import { mysqlEngine } from './mysql-engine.js'
import type { SqlStorage } from './sql-storage.js'
import type { TableNames } from './table-names.js'

export type { MysqlConnection, MysqlStatement } from './mysql-connection.js'
export type { MysqlPool } from './mysql-dialect.js'
export type { SqlStorage } from './sql-storage.js'

export interface MysqlStorageOptions extends TableNames {
  /**
   * A pool of `mysql2` or `mysql2/promise` to the primary, with the character set utf8mb4, which is its default. It stays
   * open when the storage is closed: who opened it closes it.
   */
  readonly pool: MysqlPool | { readonly pool: MysqlPool }
  /**
   * After this many milliseconds without an answer a statement of a method is given up and its connection closed, so that a
   * server that vanished doesn't keep the pool's connections. Migrations take their time. Default 10,000.
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
 * The storage port on MySQL 8 and on MariaDB from 10.6. Call `migrate()` before the first use.
 * @throws {TypeError} An option is missing, unknown or not what it must be; the sentence names it.
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
