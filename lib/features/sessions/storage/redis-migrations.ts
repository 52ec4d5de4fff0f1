import type { SessionRecord } from '../../../storage/records.js'
import type { LayoutMigration } from '../../../storage/redis/migrate.js'
import type { RedisDatabase } from '../../../storage/redis/redis-database.js'

/** As many as Redis handles within a few milliseconds, in which it does nothing else. */
const groupCommit = 1_000
const page = ['LIMIT', '0', String(groupCommit)]

/** One user's. A session whose record Redis has let expire comes last; a purge removes it. */
async function scoreSessionsOf({ keys, send, list }: RedisDatabase, userId: string): Promise<void> {
  const index = keys.sessionsOf(userId)
  for (;;) {
    const entries = await list(['ZRANGEBYSCORE', index, '0', '0', ...page], keys.session)
    if (entries.length === 0) return
    const scored = entries.flatMap(({ id, text }) => {
      const { rotatedAt } = JSON.parse(text ?? '{"rotatedAt":0}') as Pick<SessionRecord, 'rotatedAt'>
      // A score of 0 is what is looked for: nothing was rotated in the first millisecond of 1970.
      return [String(-Math.max(1, rotatedAt)), id]
    })
    await send(['ZADD', index, 'XX', ...scored])
  }
}

/** Brings the sessions of each user into the order of their rotation: up to version 1 all of them had the score 0. */
async function scoreSessions(database: RedisDatabase): Promise<void> {
  let from: string | null = '-'
  while (from !== null) {
    const userIds = await database.read(['ZRANGEBYLEX', database.keys.users, from, '+', ...page])
    for (const userId of userIds) await scoreSessionsOf(database, userId)
    const last = userIds.at(-1)
    from = last === undefined ? null : `(${last}`
  }
}

/** The migrations of the keys and records of the sessions. */
export const sessionLayoutMigrations: readonly LayoutMigration[] = [{ version: 2, run: scoreSessions }]
