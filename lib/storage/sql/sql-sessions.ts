import type { Kysely } from 'kysely'
import type { OpenSession, RevokeAllSessions, SessionOpening, SessionStore, SessionsRevocation } from '../storage.js'
import type { Engine } from './engine.js'
import { lockUser } from './find-user.js'
import { isAskedInTime } from './is-asked-in-time.js'
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

/** Removes the user's pending address change, unless this session requested it. */
async function discardEmailChangeOfOthers(
  transaction: Kysely<Tables>,
  userId: string,
  sessionId: string | null,
): Promise<void> {
  const pending = transaction
    .deleteFrom('fast_auth_one_time_tokens')
    .where('user_id', '=', userId)
    .where('purpose', '=', 'changeEmail')
  const meant =
    sessionId === null
      ? pending
      : pending.where(({ eb, or }) => or([eb('session_id', 'is', null), eb('session_id', '<>', sessionId)]))
  await meant.execute()
}

async function revokeAll(
  transaction: Kysely<Tables>,
  { userId, asking, now }: RevokeAllSessions,
): Promise<SessionsRevocation> {
  await lockUser(transaction, userId)
  if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded', revokedSessionIds: [] }
  const exceptSessionId = asking?.sessionId ?? null
  await discardEmailChangeOfOthers(transaction, userId, exceptSessionId)
  const revokedSessionIds = await revokeSessionsOf(transaction, { userId, exceptSessionId, now })
  return { outcome: 'revoked', revokedSessionIds }
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
