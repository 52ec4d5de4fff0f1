import { resolve } from 'node:path'
import { memoryStorage } from '../storage/memory/index.js'
import type { SqlStorage } from '../storage/sql/sql-storage.js'
import { sqliteStorage } from '../storage/sql/sqlite.js'
import type { Storage } from '../storage/storage.js'
import { databaseProblem } from './database-problem.js'
import type { Database } from './database-url.js'
import { openRedis } from './open-redis.js'
import { openMysql, openPostgres } from './server-storage.js'

export interface StorageSettings {
  /** Of SQLite: `normal` for work that can be repeated after a power failure. */
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
  await prepared(storage, () => storage.migrate())
  return storage
}

/**
 * The statements that would bring the tables to the present version. None is carried out.
 * @throws {Error} A sentence on what is wrong.
 */
export async function planMigration(database: Database, folder: string): Promise<readonly string[]> {
  const storage = await connect(database, folder, {})
  const statements = await prepared(storage, async () => ('planMigration' in storage ? storage.planMigration() : []))
  await storage.close()
  return statements
}
