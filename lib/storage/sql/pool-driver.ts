import { CompiledQuery, type Driver, type TransactionSettings } from 'kysely'
import type { PooledConnection } from './pooled-connection.js'

export interface PoolDriverOptions {
  connect(): Promise<PooledConnection>
  /** What begins a transaction, a statement each. */
  begin(settings: TransactionSettings): readonly string[]
}

/**
 * Borrows the connections of a pool that is somebody else's to close. After a failover, or a `DISCARD ALL`, all connections
 * that are open are of no more use: the first one that is refused ends an epoch, and those of earlier epochs are discarded
 * when they are borrowed again.
 */
export class PoolDriver implements Driver {
  readonly #options: PoolDriverOptions
  readonly #epochs = new WeakMap<object, number>()
  #epoch = 0

  constructor(options: PoolDriverOptions) {
    this.#options = options
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PooledConnection> {
    const connection = await this.#options.connect()
    if (this.#epochOf(connection) === this.#epoch) return connection
    connection.discard()
    return this.acquireConnection()
  }

  /** A connection that is new here belongs to the present epoch. */
  #epochOf({ lent }: PooledConnection): number {
    const epoch = this.#epochs.get(lent) ?? this.#epoch
    this.#epochs.set(lent, epoch)
    return epoch
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
    if (connection.isRefused && this.#epochOf(connection) === this.#epoch) this.#epoch += 1
    connection.release()
  }

  async destroy(): Promise<void> {}
}
