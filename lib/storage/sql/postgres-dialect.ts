import {
  type Dialect,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type TransactionSettings,
} from 'kysely'
import { PoolDriver } from './pool-driver.js'
import { type PostgresClient, PostgresConnection, type StatementSettings } from './postgres-connection.js'

/** A `Pool` of the package `pg`, with the members that the storage uses. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>
  /** Maximum number of connections. */
  readonly options?: { readonly max?: number | undefined }
}

function begin({ isolationLevel, accessMode = 'read write' }: TransactionSettings): readonly string[] {
  return [`start transaction isolation level ${isolationLevel} ${accessMode}`]
}

export function postgresDialect(pool: PostgresPool, settings: StatementSettings): Dialect {
  const connect = async () => new PostgresConnection(await pool.connect(), settings)
  return {
    createDriver: () => new PoolDriver({ connect, begin }),
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: database => new PostgresIntrospector(database),
  }
}
