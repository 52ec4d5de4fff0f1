import { readDatabase } from './database-url.js'
import { openStorage } from './open-storage.js'
import { readEnvironment } from './read-environment.js'
import type { Surroundings } from './surroundings.js'

/** `fast-auth migrate`: brings the tables of DATABASE_URL to the present version. Safe to repeat. */
export async function migrate(surroundings: Surroundings): Promise<number> {
  const database = readDatabase(readEnvironment(surroundings))
  const storage = await openStorage(database, surroundings.cwd())
  await storage.close()
  surroundings.stdout.write('The tables of the database are at the present version.\n')
  return 0
}
