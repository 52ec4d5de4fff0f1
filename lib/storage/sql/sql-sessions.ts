import type { Kysely } from 'kysely'
import {
  classifyRotation,
  type OpenSession,
  type RevokeAllSessions,
  type RevokeSession,
  type RotateSession,
  type Rotation,
  type SessionOpening,
  type SessionStore,
} from '../storage.js'
import type { Engine } from './engine.js'
import { lockUser } from './find-user.js'
import { moveOn, rotateAtOnce } from './move-on.js'
import { ownerColumns, toOwner } from './owner.js'
import { recordRevocation, revokeSessionsOf } from './revoke.js'
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

async function rotate(transaction: Kysely<Tables>, request: RotateSession): Promise<Rotation> {
  const { sessionId, generation, now, recordSuperseded, requireConfirmedEmail } = request
  const isRotated = await moveOn(transaction, request)
  const row = await transaction
    .selectFrom('fast_auth_sessions')
    .innerJoin('fast_auth_users as owner', 'owner.id', 'fast_auth_sessions.user_id')
    .selectAll('fast_auth_sessions')
    .select(ownerColumns)
    .where('fast_auth_sessions.id', '=', sessionId)
    .executeTakeFirst()
  if (row === undefined) return { outcome: 'unknown' }

  const session = toSession(row)
  const user = toOwner(row)
  if (isRotated) {
    if (recordSuperseded)
      await recordRevocation(transaction, { kind: 'generation', id: sessionId, generation, revokedAt: now })
    return { outcome: 'rotated', session, user }
  }
  const outcome = classifyRotation(session, request)
  if (outcome === 'reused') {
    const ended = await revoke(transaction, { sessionId, now })
    // Somebody else may have ended it since it was read.
    return ended.outcome === 'revoked' ? { outcome, session } : { outcome: 'unknown' }
  }
  if (outcome === 'unknown') return { outcome }
  // A rotation that was not carried out lacked nothing but the proof of the address.
  const isRefused = outcome === 'rotated' || (requireConfirmedEmail && user.emailConfirmedAt === null)
  return isRefused ? { outcome: 'unconfirmed' } : { outcome, session, user }
}

async function revoke(
  transaction: Kysely<Tables>,
  { sessionId, userId, now }: RevokeSession,
): Promise<{ outcome: 'revoked' | 'unknown' }> {
  const named = transaction.deleteFrom('fast_auth_sessions').where('id', '=', sessionId)
  const meant = userId === undefined ? named : named.where('user_id', '=', userId)
  const { numDeletedRows } = await meant.executeTakeFirst()
  if (numDeletedRows === 0n) return { outcome: 'unknown' }
  await recordRevocation(transaction, { kind: 'session', id: sessionId, generation: null, revokedAt: now })
  return { outcome: 'revoked' }
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

    async rotate(request) {
      const rotation = await rotateAtOnce(database, request, engine)
      return rotation ?? database.transaction().execute(transaction => rotate(transaction, request))
    },

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

    revoke: request => database.transaction().execute(transaction => revoke(transaction, request)),

    revokeAll: request => database.transaction().execute(transaction => revokeAll(transaction, request)),
  }
}
