import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CliContext } from './cli-context.js'
import { type Database, readDatabase } from './database-url.js'
import { migrateCounters, planCounters } from './open-counters.js'
import { openStorage, planMigration } from './open-storage.js'
import { readEnvironment } from './read-environment.js'

const upToDate = 'The tables of the database are at the current version.\n'

/** Replaces a missing SQLite file with an empty database: a dry run creates no file. */
function unmade(database: Database, folder: string): Database {
  const isThere = database.kind !== 'sqlite' || existsSync(resolve(folder, database.file))
  return isThere ? database : { kind: 'sqlite', file: ':memory:' }
}

/**
 * `fast-auth migrate`: migrates the tables of DATABASE_URL to the current version. You can repeat it safely. With
 * `--dry-run` it changes nothing and prints the SQL, which an administrator with the privilege to create tables can run.
 */
export async function migrate(
  context: CliContext,
  { 'dry-run': isDry = false }: { readonly 'dry-run'?: boolean | undefined },
): Promise<number> {
  const database = readDatabase(readEnvironment(context))
  const folder = context.cwd()
  if (isDry) {
    const statements = [...(await planMigration(unmade(database, folder), folder)), ...(await planCounters(database))]
    const sql = statements.map(statement => `${statement};\n`).join('')
    context.stdout.write(sql || `-- ${upToDate}`)
    return 0
  }
  const storage = await openStorage(database, folder)
  await storage.close()
  // Creates the table of the counters here, so that a server needs no privilege to create tables.
  await migrateCounters(database)
  context.stdout.write(upToDate)
  return 0
}
