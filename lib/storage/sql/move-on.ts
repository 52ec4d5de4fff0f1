import type { ExpressionBuilder, Kysely } from 'kysely'
import type { RotateSession, Rotation } from '../storage.js'
import type { Engine } from './engine.js'
import { ownerColumns, toOwner } from './owner.js'
import { toSession } from './rows.js'
import type { Tables } from './tables.js'

const isOwnerConfirmed = ({ exists, selectFrom }: ExpressionBuilder<Tables, 'fast_auth_sessions'>) =>
  exists(
    selectFrom('fast_auth_users')
      .select('fast_auth_users.id')
      .whereRef('fast_auth_users.id', '=', 'fast_auth_sessions.user_id')
      .where('fast_auth_users.email_confirmed_at', 'is not', null),
  )

/** The one statement that decides who rotates: of two at once with one token, the second no longer meets its condition. */
function movingOn(database: Kysely<Tables>, request: RotateSession) {
  const { sessionId, generation, now, idleExpiresAt, requireConfirmedEmail } = request
  const current = database
    .updateTable('fast_auth_sessions')
    .set(session => ({
      generation: generation + 1,
      rotated_at: now,
      expires_at: session
        .case()
        .when('absolute_expires_at', '<', idleExpiresAt)
        .then(session.ref('absolute_expires_at'))
        .else(session.val(idleExpiresAt))
        .end(),
    }))
    .where('fast_auth_sessions.id', '=', sessionId)
    .where('generation', '<=', generation)
    .where('expires_at', '>', now)
  return requireConfirmedEmail ? current.where(isOwnerConfirmed) : current
}

/** Whether the session has moved on, in the caller's transaction. */
export async function moveOn(transaction: Kysely<Tables>, request: RotateSession): Promise<boolean> {
  const { numUpdatedRows } = await movingOn(transaction, request).executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * The usual case, and nothing but it, in one round trip: the session moves on, and the statement itself answers with it and
 * its owner. `null`: nothing is written. It has not moved on, or the database can't, or there is a line to write with it.
 */
export async function rotateAtOnce(
  database: Kysely<Tables>,
  request: RotateSession,
  { answeredUpdates }: Engine,
): Promise<Rotation | null> {
  if (answeredUpdates === null || request.recordSuperseded) return null
  const row = await movingOn(database, request)
    .from('fast_auth_users as owner')
    .whereRef('owner.id', '=', 'fast_auth_sessions.user_id')
    .returningAll('fast_auth_sessions')
    .returning(ownerColumns)
    .executeTakeFirst()
    .catch(error => {
      if (!answeredUpdates.wantsTransaction(error)) throw error
      return undefined
    })
  return row === undefined ? null : { outcome: 'rotated', session: toSession(row), user: toOwner(row) }
}
