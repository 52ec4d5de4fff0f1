import type { AdministrationRooms } from '../operations/rooms.js'
import type { Storage } from '../storage/storage.js'
import { readDatabase } from './database-url.js'
import { openStorage } from './open-storage.js'
import { readEnvironment } from './read-environment.js'
import type { Surroundings } from './surroundings.js'

/** What the operations are made of where no application runs: no hook, nobody who is told, and nothing that is remembered. */
export interface LoneRooms extends AdministrationRooms {
  readonly storage: Storage
}

function loneRooms(storage: Storage): LoneRooms {
  const nothing = () => undefined
  return {
    storage,
    revokedSessions: { add: nothing },
    apiKeys: { verified: { forget: nothing } },
    hooks: { given: {}, timeoutMilliseconds: 0, underWay: new Set(), onFailure: nothing },
    emit: nothing,
  }
}

/** Opens DATABASE_URL for as long as `work` takes, and prints the sentence that it ends with. */
export async function onDatabase(
  surroundings: Surroundings,
  work: (rooms: LoneRooms) => Promise<string>,
): Promise<number> {
  const storage = await openStorage(readDatabase(readEnvironment(surroundings)), surroundings.cwd())
  try {
    surroundings.stdout.write(`${await work(loneRooms(storage))}\n`)
    return 0
  } finally {
    await storage.close()
  }
}
