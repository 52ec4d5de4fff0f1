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
import { type MysqlConnection, MysqlPooledConnection } from './mysql-connection.js'
import { PoolDriver } from './pool-driver.js'
import type { PooledConnection } from './pooled-connection.js'

/** A pool of the package `mysql2`, with the members that the storage uses. */
export interface MysqlPool {
  getConnection(lent: (error: unknown, connection: MysqlConnection) => void): void
}

const written = (node: OperationNode) => ({ ...node, immediate: true })

/** Writes limits into the text: MySQL accepts no floating-point parameter there, and `mysql2` sends each number as one. */
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

export function mysqlDialect(pool: MysqlPool, timeoutMilliseconds: number | null): Dialect {
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
