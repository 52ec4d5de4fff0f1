import {
  type Dialect,
  type LimitNode,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  type OffsetNode,
  type OperationNode,
  type TransactionSettings,
} from 'kysely'
import { assertOptions, hasMethod, statementTimeoutRule, tablePrefixRule } from './assert-options.js'
import { dialectStorage } from './dialect-storage.js'
import { type MysqlConnection, MysqlPooledConnection } from './mysql-connection.js'
import { mysqlEngine } from './mysql-engine.js'
import { PoolDriver } from './pool-driver.js'
import type { PooledConnection } from './pooled-connection.js'
import type { SqlStorage } from './sql-storage.js'
import type { TableNames } from './table-names.js'

export type { MysqlConnection, MysqlStatement } from './mysql-connection.js'
export type { SqlStorage } from './sql-storage.js'

/** A pool of the package `mysql2`: all that is used of it. */
export interface MysqlPool {
  getConnection(lent: (error: unknown, connection: MysqlConnection) => void): void
}

export interface MysqlStorageOptions extends TableNames {
  /**
   * A pool of `mysql2` or `mysql2/promise` to the primary, with the character set utf8mb4, which is its default. It stays
   * open when the storage is closed: who opened it closes it.
   */
  readonly pool: MysqlPool | { readonly pool: MysqlPool }
  /**
   * After this many milliseconds without an answer a statement of a verb is given up and its connection closed, so that a
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

const written = (node: OperationNode) => ({ ...node, immediate: true })

/** Limits are part of the text: MySQL takes no floating-point parameter there, and `mysql2` sends each number as one. */
class WrittenLimits extends MysqlQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    super.visitLimit({ ...node, limit: written(node.limit) })
  }

  protected override visitOffset(node: OffsetNode): void {
    super.visitOffset({ ...node, offset: written(node.offset) })
  }
}

function begin({ isolationLevel, accessMode = 'read write' }: TransactionSettings): readonly string[] {
  return [`set transaction isolation level ${isolationLevel}, ${accessMode}`, 'begin']
}

function poolDialect(pool: MysqlPool, timeoutMilliseconds: number | null): Dialect {
  const connect = () =>
    new Promise<PooledConnection>((resolve, reject) =>
      pool.getConnection((error, connection) =>
        error ? reject(error) : resolve(new MysqlPooledConnection(connection, timeoutMilliseconds)),
      ),
    )
  return {
    createDriver: () => new PoolDriver({ connect, begin }),
    createAdapter: () => new MysqlAdapter(),
    createQueryCompiler: () => new WrittenLimits(),
    createIntrospector: database => new MysqlIntrospector(database),
  }
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
    dialect: poolDialect(pool, statementTimeoutMilliseconds),
    migratingDialect: poolDialect(pool, null),
    engine: mysqlEngine,
    names,
  })
}
