import type { Storage } from '../composition/storage.js'
import { revokeApiKey } from '../features/api-keys/revoke-api-key.js'
import type { CliContext } from './cli-context.js'
import { readDatabase } from './database-url.js'
import { openStorage } from './open-storage.js'
import { readEnvironment } from './read-environment.js'
import { readHiddenLine } from './read-hidden-line.js'
import { revocationNotice } from './revocation-notice.js'

/** No server runs in this process, so there is no cache to clear and no event listener. */
function revokingDependencies({ apiKeys: apiKeyStore }: Storage) {
  return { apiKeyStore, forgetApiKeys: () => undefined, emit: () => undefined }
}

const sentences = {
  mistyped: 'This is not an API key: its checksum is wrong. Nothing was changed.',
  unknown: 'This API key does not exist or was deleted. Nothing was changed.',
} as const

/**
 * `fast-auth revoke-key`: deletes this API key from DATABASE_URL. Without `key`, reads the key from stdin.
 */
export async function revokeKey(
  context: CliContext,
  { key: given }: { readonly key?: string | undefined },
): Promise<number> {
  const database = readDatabase(readEnvironment(context))
  const key = (given ?? (await readHiddenLine(context, 'key'))).trim()
  const storage = await openStorage(database, context.cwd())
  try {
    const revocation = await revokeApiKey(revokingDependencies(storage), { key, now: Date.now() })
    if (revocation.outcome !== 'revoked') throw new Error(sentences[revocation.outcome])
    const { apiKeyId, userId } = revocation
    context.stdout.write(`The API key ${apiKeyId} of user ${userId} is revoked. ${revocationNotice}\n`)
    return 0
  } finally {
    await storage.close()
  }
}
