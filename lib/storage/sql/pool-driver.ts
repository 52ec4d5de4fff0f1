import { CompiledQuery, type Driver, type TransactionSettings } from 'kysely'
import type { PooledConnection } from './pooled-connection.js'

export interface PoolDriverOptions {
  connect(): Promise<PooledConnection>
  /** What begins a transaction, a statement each. */
  begin(settings: TransactionSettings): readonly string[]
}

/** Borrows the connections of a pool that is somebody else's to close. */
export class PoolDriver implements Driver {
  readonly #options: PoolDriverOptions

  constructor(options: PoolDriverOptions) {
    this.#options = options
  }

  async init(): Promise<void> {}

  acquireConnection(): Promise<PooledConnection> {
    return this.#options.connect()
  }

  async beginTransaction(connection: PooledConnection, settings: TransactionSettings): Promise<void> {
    for (const statement of this.#options.begin(settings)) await connection.executeQuery(CompiledQuery.raw(statement))
  }

  async commitTransaction(connection: PooledConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: PooledConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async releaseConnection(connection: PooledConnection): Promise<void> {
    connection.release()
  }

  async destroy(): Promise<void> {}
}
