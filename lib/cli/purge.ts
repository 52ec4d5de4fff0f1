import { purgeExpired } from '../purge/purge-expired.js'
import type { CliContext } from './cli-context.js'
import { readDatabase } from './database-url.js'
import { openStorage } from './open-storage.js'
import { readEnvironment } from './read-environment.js'

/** Short, with a pause, so that a server on the same database goes on answering. */
const batchSize = 500
const pauseMilliseconds = 20

/**
 * `fast-auth purge`: removes what has expired from DATABASE_URL, but for events, whose age is the servers' to know, and says how many rows of each kind. Safe beside servers.
 */
export async function purge(context: CliContext): Promise<number> {
  const storage = await openStorage(readDatabase(readEnvironment(context)), context.cwd())
  try {
    const removed = await purgeExpired(storage, {
      batchSize,
      pauseMilliseconds,
      eventLifetimeSeconds: null,
      clock: Date.now,
    })
    const { sessions, oneTimeTokens, messages, revocations } = removed
    context.stdout.write(
      `Removed: ${sessions} sessions, ${oneTimeTokens} one-time tokens, ${messages} messages, ${revocations} revocations.\n`,
    )
  } finally {
    await storage.close()
  }
  return 0
}
