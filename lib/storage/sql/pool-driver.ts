import { CompiledQuery, type Driver, type TransactionSettings } from 'kysely'
import type { PooledConnection } from './pooled-connection.js'

export interface PoolDriverOptions {
  connect(): Promise<PooledConnection>
  /** Returns the statements that begin a transaction. */
  begin(settings: TransactionSettings): readonly string[]
}

/**
 * Borrows connections from a pool that the storage does not own. After a failover or a `DISCARD ALL`, all open connections
 * become unusable. The first refused connection ends an epoch; connections of earlier epochs are discarded when they are
 * borrowed again.
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

  /** A connection seen for the first time belongs to the current epoch. */
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
