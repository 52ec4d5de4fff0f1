import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DatabaseConnection, Driver, TransactionSettings } from 'kysely'
import { Mutex } from '../../async/mutex.js'
import { SqliteConnection } from './sqlite-connection.js'
import type { SqliteHandle } from './sqlite-handle.js'

export interface SqliteDriverOptions {
  readonly handle: SqliteHandle
  /** Whether the storage opened the connection: then it configures and closes it. Otherwise the application does. */
  readonly isOurs: boolean
  readonly busyTimeoutMilliseconds: number
  /** For connections that the storage opened: whether every commit waits for the disk. */
  readonly synchronous?: 'full' | 'normal'
}

/**
 * One connection that runs one method at a time. A transaction that may write starts with BEGIN IMMEDIATE, so its reads stay
 * current even if other processes use the file. After a plain BEGIN, two could read the same rows and one would fail.
 */
export class SqliteDriver implements Driver {
  readonly #handle: SqliteHandle
  readonly #isOurs: boolean
  readonly #connection: SqliteConnection
  readonly #mutex = new Mutex()
  #settingsToMake: readonly string[]
  #isClosed = false

  constructor({ handle, isOurs, busyTimeoutMilliseconds, synchronous = 'full' }: SqliteDriverOptions) {
    this.#handle = handle
    this.#isOurs = isOurs
    this.#connection = new SqliteConnection(handle, busyTimeoutMilliseconds)
    const settings = ['pragma journal_mode = wal', `pragma synchronous = ${synchronous}`, 'pragma foreign_keys = on']
    this.#settingsToMake = isOurs ? settings : []
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    await this.#mutex.enter()
    try {
      if (this.#isClosed) throw new Error('The SQLite storage is closed')
      for (const setting of this.#settingsToMake) await this.#connection.execute(setting)
      this.#settingsToMake = []
      return this.#connection
    } catch (error) {
      this.#mutex.leave()
      throw error
    }
  }

  async releaseConnection(): Promise<void> {
    this.#mutex.leave()
  }

  async beginTransaction(_: DatabaseConnection, { accessMode }: TransactionSettings): Promise<void> {
    await this.#connection.execute(accessMode === 'read only' ? 'begin' : 'begin immediate')
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.execute('commit')
  }

  /** Ignores errors: SQLite may have rolled back already, as on a full disk, and the original error is the one to report. */
  async rollbackTransaction(): Promise<void> {
    await this.#connection.execute('rollback').catch(() => undefined)
  }

  /**
   * Waits for all earlier methods, then closes the connection if the storage opened it. Later methods reject. First
   * checkpoints the write-ahead log, so the file is complete without its companion files.
   */
  async destroy(): Promise<void> {
    await nextTurn()
    await this.#mutex.enter()
    try {
      if (this.#isOurs && !this.#isClosed) await this.#close()
    } finally {
      this.#isClosed = true
      this.#mutex.leave()
    }
  }

  async #close(): Promise<void> {
    try {
      await this.#connection.execute('pragma wal_checkpoint(truncate)')
    } finally {
      this.#handle.close()
    }
  }
}
