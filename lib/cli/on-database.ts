import type { Storage } from '../composition/storage.js'
import type { AdministrationDependencies } from '../features/dependencies.js'
import type { CliContext } from './cli-context.js'
import { readDatabase } from './database-url.js'
import { openStorage } from './open-storage.js'
import { readEnvironment } from './read-environment.js'

/** The dependencies of operations outside an application: without hooks, event listeners and caches. */
export interface StandaloneDependencies extends AdministrationDependencies {
  readonly storage: Storage
}

function standaloneDependencies(storage: Storage): StandaloneDependencies {
  const nothing = () => undefined
  return {
    storage,
    revokedSessions: { add: nothing },
    forgetApiKeys: nothing,
    hooks: { given: {}, timeoutMilliseconds: 0, underWay: new Set(), onFailure: nothing },
    emit: nothing,
  }
}

/** Opens DATABASE_URL, runs `work`, prints the sentence that it resolves to, and closes the database. */
export async function onDatabase(
  context: CliContext,
  work: (dependencies: StandaloneDependencies) => Promise<string>,
): Promise<number> {
  const storage = await openStorage(readDatabase(readEnvironment(context)), context.cwd())
  try {
    context.stdout.write(`${await work(standaloneDependencies(storage))}\n`)
    return 0
  } finally {
    await storage.close()
  }
}
