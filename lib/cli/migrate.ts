import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CliContext } from './cli-context.js'
import { type Database, readDatabase } from './database-url.js'
import { migrateCounters, planCounters } from './open-counters.js'
import { openStorage, planMigration } from './open-storage.js'
import { readEnvironment } from './read-environment.js'

const upToDate = 'The tables of the database are at the present version.\n'

/** A dry run makes no file: what is not there is an empty database. */
function unmade(database: Database, folder: string): Database {
  const isThere = database.kind !== 'sqlite' || existsSync(resolve(folder, database.file))
  return isThere ? database : { kind: 'sqlite', file: ':memory:' }
}

/**
 * `fast-auth migrate`: brings the tables of DATABASE_URL to the present version. Safe to repeat. With `--dry-run` it prints
 * the SQL that would do so, for who may make tables, and changes nothing.
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
  // So that a server needs no right to make their table.
  await migrateCounters(database)
  context.stdout.write(upToDate)
  return 0
}
