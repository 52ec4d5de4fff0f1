import type { Send } from './redis-client.js'
import type { RedisDatabase } from './redis-database.js'

/** Brings the stored keys and records from the version before to this version. */
export interface LayoutMigration {
  /** Numbers all migrations of the core and the features, from 2: a new database has the newest layout, an old one has 1. */
  readonly version: number
  /** May run again after an interruption, and in several processes concurrently. */
  run(database: RedisDatabase): Promise<void>
}

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

async function writeVersion({ keys, send }: RedisDatabase, version: number): Promise<void> {
  try {
    await send(['SET', keys.schema, String(version), 'NX'])
  } catch (cause) {
    if (!(cause as Error).message.startsWith('READONLY')) throw cause
    throw new Error('Redis at this address is a read-only replica: give the address of its primary', { cause })
  }
}

/**
 * Writes the version of the stored layout if there is none yet, and migrates an older layout to this version. A migration
 * that was interrupted starts again.
 * @param migrations All that this release knows, in the order of their versions.
 * @throws {Error} The stored version is newer than the known one, the server is a replica, or it evicts keys.
 */
export async function migrate(database: RedisDatabase, migrations: readonly LayoutMigration[]): Promise<void> {
  const { keys, send } = database
  const knownVersion = Math.max(1, ...migrations.map(({ version }) => version))
  await refuseEviction(send)
  await writeVersion(database, knownVersion)
  const stored = Number(await send(['GET', keys.schema]))
  if (stored > knownVersion)
    throw new Error(
      `The database was migrated to version ${stored} by a newer release of fast-auth; this one knows versions up to ${knownVersion}`,
    )
  if (stored === knownVersion) return
  for (const migration of migrations.filter(({ version }) => version > stored)) await migration.run(database)
  await send(['SET', keys.schema, String(knownVersion)])
}
