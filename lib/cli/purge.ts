import { purgeExpired } from '../purge/purge-expired.js'
import type { CliContext } from './cli-context.js'
import { readDatabase } from './database-url.js'
import { openStorage } from './open-storage.js'
import { readEnvironment } from './read-environment.js'

/** Small, with a pause after each batch, so a server on the same database stays responsive. */
const batchSize = 500
const pauseMilliseconds = 20

/**
 * `fast-auth purge`: removes expired rows from DATABASE_URL and prints how many of each kind. Keeps events, since only the
 * servers know their lifetime. Can run while servers run.
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
    const { sessions, oneTimeTokens, messages, revocations, passkeyUses, signInCodes, providerFlows } = removed
    const ofSignIns = `${passkeyUses} uses of passkeys, ${signInCodes} sign-in codes, ${providerFlows} sign-ins at providers`
    const others = `${messages} messages, ${revocations} revocations, ${ofSignIns}`
    context.stdout.write(`Removed: ${sessions} sessions, ${oneTimeTokens} one-time tokens, ${others}.\n`)
  } finally {
    await storage.close()
  }
  return 0
}
