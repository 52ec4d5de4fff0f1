import { resolve } from 'node:path'
import type { Storage } from '../composition/storage.js'
import { memoryStorage } from '../engines/memory.js'
import type { SqlStorage } from '../engines/sql-storage.js'
import { sqliteStorage } from '../engines/sqlite.js'
import { databaseProblem } from './database-problem.js'
import type { Database } from './database-url.js'
import { openRedis } from './open-redis.js'
import { openMysql, openPostgres } from './server-storage.js'

export interface StorageSettings {
  /** For SQLite: `normal` if the work can be repeated after a power failure. */
  readonly synchronous?: 'full' | 'normal'
}

async function connect(database: Database, folder: string, settings: StorageSettings): Promise<Storage | SqlStorage> {
  if (database.kind === 'memory') return memoryStorage()
  if (database.kind === 'postgres') return openPostgres(database.url)
  if (database.kind === 'mysql') return openMysql(database.url)
  if (database.kind === 'redis') return openRedis(database.url)
  const { file } = database
  return sqliteStorage({ ...settings, file: file === ':memory:' ? file : resolve(folder, file) })
}

/** Closes the storage unless `prepare` resolves. */
async function prepared<Answer>(storage: Storage, prepare: () => Promise<Answer>): Promise<Answer> {
  try {
    return await prepare()
  } catch (cause) {
    await storage.close().catch(() => undefined)
    throw new Error(`Cannot prepare the database: ${databaseProblem(cause)}`, { cause })
  }
}

/**
 * Opens the database and migrates its tables to the current version.
 * @param folder The base of relative paths.
 * @throws {Error} The message states the problem. No connection stays open.
 */
export async function openStorage(
  database: Database,
  folder: string,
  settings: StorageSettings = {},
): Promise<Storage> {
  const storage = await connect(database, folder, settings)
  await prepared(storage, () => storage.migrate())
  return storage
}

/**
 * Returns the statements that would migrate the tables to the current version. Executes none of them.
 * @throws {Error} The message states the problem.
 */
export async function planMigration(database: Database, folder: string): Promise<readonly string[]> {
  const storage = await connect(database, folder, {})
  const statements = await prepared(storage, async () => ('planMigration' in storage ? storage.planMigration() : []))
  await storage.close()
  return statements
}
