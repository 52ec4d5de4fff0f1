import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DatabaseConnection, Driver, TransactionSettings } from 'kysely'
import { Mutex } from './mutex.js'
import { SqliteConnection } from './sqlite-connection.js'
import type { SqliteHandle } from './sqlite-handle.js'

export interface SqliteDriverOptions {
  readonly handle: SqliteHandle
  /** Ours is set up before its first query and closed at the end; the host's is neither. */
  readonly isOurs: boolean
  readonly busyTimeoutMilliseconds: number
  /** Of ours: whether every commit waits for the disk. */
  readonly synchronous?: 'full' | 'normal'
}

/**
 * One connection, one method on it at a time. A transaction that may write begins with BEGIN IMMEDIATE: what it reads is
 * what it writes upon, whoever else has the file open. After a plain BEGIN, two could read the same and one would fail.
 */
export class SqliteDriver implements Driver {
  readonly #handle: SqliteHandle
  readonly #isOurs: boolean
  readonly #connection: SqliteConnection
  readonly #turnstile = new Mutex()
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
    await this.#turnstile.enter()
    try {
      if (this.#isClosed) throw new Error('The SQLite storage is closed')
      for (const setting of this.#settingsToMake) await this.#connection.execute(setting)
      this.#settingsToMake = []
      return this.#connection
    } catch (error) {
      this.#turnstile.leave()
      throw error
    }
  }

  async releaseConnection(): Promise<void> {
    this.#turnstile.leave()
  }

  async beginTransaction(_: DatabaseConnection, { accessMode }: TransactionSettings): Promise<void> {
    await this.#connection.execute(accessMode === 'read only' ? 'begin' : 'begin immediate')
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.execute('commit')
  }

  /** Quiet: a full disk, say, has rolled back already, and the error that led here is the one to be told. */
  async rollbackTransaction(): Promise<void> {
    await this.#connection.execute('rollback').catch(() => undefined)
  }

  /**
   * Lets every method end that was called before, then closes what is ours. Methods called later reject. The write-ahead log
   * is first taken into the file, which is then complete without its companions.
   */
  async destroy(): Promise<void> {
    await nextTurn()
    await this.#turnstile.enter()
    try {
      if (this.#isOurs && !this.#isClosed) await this.#close()
    } finally {
      this.#isClosed = true
      this.#turnstile.leave()
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
