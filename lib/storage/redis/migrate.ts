import type { Send } from './redis-client.js'
import type { RedisDatabase } from './redis-database.js'
import { scoreSessions } from './score-sessions.js'

/** Version of the keys and records that `keysUnder` describes. */
const knownVersion = 2

/** Returns the memory section of INFO; an empty text if the server does not allow the command. */
async function askAboutMemory(send: Send): Promise<string> {
  try {
    return String(await send(['INFO', 'memory']))
  } catch (error) {
    if (!/^(NOPERM|ERR)\b/.test((error as Error).message)) throw error
    return ''
  }
}

/** With any `maxmemory-policy` other than `noeviction`, Redis would delete users when memory runs out. */
async function refuseEviction(send: Send): Promise<void> {
  const policy = /^maxmemory_policy:(\S+)/m.exec(await askAboutMemory(send))?.[1] ?? 'noeviction'
  if (policy === 'noeviction') return
  throw new Error(
    `Redis evicts keys when its memory is full (maxmemory-policy is ${policy}), users and sessions among them: set maxmemory-policy to noeviction`,
  )
}

async function writeVersion({ keys, send }: RedisDatabase): Promise<void> {
  try {
    await send(['SET', keys.schema, String(knownVersion), 'NX'])
  } catch (cause) {
    if (!(cause as Error).message.startsWith('READONLY')) throw cause
    throw new Error('Redis at this address is a read-only replica: give the address of its primary', { cause })
  }
}

/**
 * Writes the version of the stored layout if there is none yet, and migrates an older layout to this version. A migration
 * that was interrupted starts again.
 * @throws {Error} The stored version is newer than the known one, the server is a replica, or it evicts keys.
 */
export async function migrate(database: RedisDatabase): Promise<void> {
  const { keys, send } = database
  await refuseEviction(send)
  await writeVersion(database)
  const version = Number(await send(['GET', keys.schema]))
  if (version > knownVersion)
    throw new Error(
      `The database was migrated to version ${version} by a newer release of fast-auth; this one knows versions up to ${knownVersion}`,
    )
  if (version === knownVersion) return
  await scoreSessions(database)
  await send(['SET', keys.schema, String(knownVersion)])
}
