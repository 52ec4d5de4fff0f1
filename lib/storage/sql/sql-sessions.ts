import type { Kysely } from 'kysely'
import type { OpenSession, RevokeAllSessions, SessionOpening, SessionStore } from '../storage.js'
import type { Engine } from './engine.js'
import { lockUser } from './find-user.js'
import { revokeSession, revokeSessionsOf } from './revoke.js'
import { rotateSession } from './rotate-session.js'
import { fromSession, toSession } from './rows.js'
import type { Tables } from './tables.js'

async function open(transaction: Kysely<Tables>, { session, passwordHash }: OpenSession): Promise<SessionOpening> {
  const { userId, createdAt } = session
  const user = await lockUser(transaction, userId)
  if (user?.passwordHash !== passwordHash) return { outcome: 'stale' }
  if (user.disabledAt !== null) return { outcome: 'disabled' }
  await transaction
    .updateTable('fast_auth_users')
    .set({ last_sign_in_at: createdAt })
    .where('id', '=', userId)
    .execute()
  await transaction.insertInto('fast_auth_sessions').values(fromSession(session)).execute()
  return { outcome: 'opened', user: { ...user, lastSignInAt: createdAt } }
}

async function revokeAll(
  transaction: Kysely<Tables>,
  { userId, exceptSessionId, now }: RevokeAllSessions,
): Promise<{ revokedSessionIds: readonly string[] }> {
  await lockUser(transaction, userId)
  const scope = { userId, exceptSessionId: exceptSessionId ?? null, now }
  return { revokedSessionIds: await revokeSessionsOf(transaction, scope) }
}

export function sqlSessions(database: Kysely<Tables>, engine: Engine): SessionStore {
  return {
    open: request => database.transaction().execute(transaction => open(transaction, request)),

    async find({ sessionId, now }) {
      const row = await database
        .selectFrom('fast_auth_sessions')
        .selectAll()
        .where('id', '=', sessionId)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return row === undefined ? null : toSession(row)
    },

    rotate: rotateSession(database, engine),

    async list({ userId, now, limit }) {
      const rows = await database
        .selectFrom('fast_auth_sessions')
        .selectAll()
        .where('user_id', '=', userId)
        .where('expires_at', '>', now)
        .orderBy('rotated_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toSession)
    },

    revoke: request => database.transaction().execute(transaction => revokeSession(transaction, request)),

    revokeAll: request => database.transaction().execute(transaction => revokeAll(transaction, request)),
  }
}
