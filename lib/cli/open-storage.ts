import { resolve } from 'node:path'
import { memoryStorage } from '../storage/memory/index.js'
import { sqliteStorage } from '../storage/sql/sqlite.js'
import type { Storage } from '../storage/storage.js'
import type { Database } from './database-url.js'
import { openRedis } from './open-redis.js'

export interface StorageSettings {
  /** Of SQLite: `normal` for work that can be repeated after a power failure. */
  readonly synchronous?: 'full' | 'normal'
}

async function connect(database: Database, folder: string, settings: StorageSettings): Promise<Storage> {
  if (database.kind === 'memory') return memoryStorage()
  if (database.kind === 'redis') return openRedis(database.url)
  const { file } = database
  return sqliteStorage({ ...settings, file: file === ':memory:' ? file : resolve(folder, file) })
}

/**
 * Opens the database and brings its tables to the present version.
 * @param folder Where a relative path begins.
 * @throws {Error} A sentence on what is wrong; nothing is left open.
 */
export async function openStorage(
  database: Database,
  folder: string,
  settings: StorageSettings = {},
): Promise<Storage> {
  const storage = await connect(database, folder, settings)
  try {
    await storage.migrate()
    return storage
  } catch (cause) {
    await storage.close().catch(() => undefined)
    throw new Error(`Cannot prepare the database: ${(cause as Error).message}`, { cause })
  }
}
