import type { ExpressionBuilder, Kysely } from 'kysely'
import type { SessionRecord, UserRecord } from '../../../storage/records.js'
import type { Engine } from '../../../storage/sql/engine.js'
import { groupCommit } from '../../../storage/sql/group-commit.js'
import { ownerColumns, toOwner } from '../../../storage/sql/owner.js'
import { prepared } from '../../../storage/sql/prepared.js'
import { recordGenerationEnds } from '../../../storage/sql/revoke.js'
import { toSession } from '../../../storage/sql/rows.js'
import type { Tables } from '../../../storage/sql/tables.js'
import { classifyRotation } from '../classify-rotation.js'
import type { RotateSession, Rotation } from '../port.js'
import { revokeSession } from './sql-revocation.js'

interface Move extends Pick<RotateSession, 'sessionId' | 'generation' | 'now' | 'idleExpiresAt' | 'ip' | 'userAgent'> {
  readonly nextGeneration: number
}

function moveOf({ sessionId, generation, now, idleExpiresAt, ip, userAgent }: RotateSession): Move {
  return { sessionId, generation, now, idleExpiresAt, ip, userAgent, nextGeneration: generation + 1 }
}

const isOwnerConfirmed = ({ exists, selectFrom }: ExpressionBuilder<Tables, 'fast_auth_sessions'>) =>
  exists(
    selectFrom('fast_auth_users')
      .select('fast_auth_users.id')
      .whereRef('fast_auth_users.id', '=', 'fast_auth_sessions.user_id')
      .where('fast_auth_users.email_confirmed_at', 'is not', null),
  )

/**
 * The statement that decides which call rotates: of two concurrent calls with one token, the second no longer meets its
 * condition.
 */
function movingOn(database: Kysely<Tables>, move: Move, requireConfirmedEmail: boolean) {
  const current = database
    .updateTable('fast_auth_sessions')
    .set(({ val, ref, case: choose }) => ({
      generation: val(move.nextGeneration),
      rotated_at: val(move.now),
      ip: val(move.ip),
      user_agent: val(move.userAgent),
      expires_at: choose()
        .when('absolute_expires_at', '<', move.idleExpiresAt)
        .then(ref('absolute_expires_at'))
        .else(val(move.idleExpiresAt))
        .end(),
    }))
    .where('fast_auth_sessions.id', '=', move.sessionId)
    .where('generation', '<=', move.generation)
    .where('expires_at', '>', move.now)
  return requireConfirmedEmail ? current.where(isOwnerConfirmed) : current
}

function withOwner(database: Kysely<Tables>, sessionId: string) {
  return database
    .selectFrom('fast_auth_sessions')
    .innerJoin('fast_auth_users as owner', 'owner.id', 'fast_auth_sessions.user_id')
    .selectAll('fast_auth_sessions')
    .select(ownerColumns)
    .where('fast_auth_sessions.id', '=', sessionId)
}

/** A refused statement costs a connection, so this many following rotations do not try a single statement. */
const transactionsAfterRefusal = 1000

/** For PostgreSQL: the statement itself returns the changed session and its owner. */
function movingOnAnswered(database: Kysely<Tables>, move: Move, requireConfirmedEmail: boolean) {
  return movingOn(database, move, requireConfirmedEmail)
    .from('fast_auth_users as owner')
    .whereRef('owner.id', '=', 'fast_auth_sessions.user_id')
    .returningAll('fast_auth_sessions')
    .returning(ownerColumns)
}

/** Prepares a statement with and without the condition that the owner's address is confirmed. */
function forEither<Statement>(prepare: (requireConfirmedEmail: boolean) => Statement) {
  const [anyUser, confirmed] = [prepare(false), prepare(true)]
  return ({ requireConfirmedEmail }: RotateSession) => (requireConfirmedEmail ? confirmed : anyUser)
}

/** Determines the outcome for a session that was not rotated. */
async function outcomeOf(
  transaction: Kysely<Tables>,
  { session, user }: { readonly session: SessionRecord; readonly user: UserRecord },
  request: RotateSession,
): Promise<Rotation> {
  const { sessionId, now, requireConfirmedEmail } = request
  const outcome = classifyRotation(session, request)
  if (outcome === 'reused') {
    const ended = await revokeSession(transaction, { sessionId, now })
    // Another call may have ended it since it was read.
    return ended.outcome === 'revoked' ? { outcome, session } : { outcome: 'unknown' }
  }
  if (outcome === 'unknown') return { outcome }
  // A refused rotation failed only because the address is not confirmed.
  const isRefused = outcome === 'rotated' || (requireConfirmedEmail && user.emailConfirmedAt === null)
  return isRefused ? { outcome: 'unconfirmed' } : { outcome, session, user }
}

/** Runs the whole method within the caller's transaction. */
function inTransaction(): (transaction: Kysely<Tables>, request: RotateSession) => Promise<Rotation> {
  const moveOn = forEither(isConfirmed => prepared((database, move: Move) => movingOn(database, move, isConfirmed)))
  const find = prepared((database, { sessionId }: { sessionId: string }) => withOwner(database, sessionId))

  return async (transaction, request) => {
    const { sessionId, generation, now, recordSuperseded } = request
    const { numAffectedRows = 0n } = await moveOn(request)(transaction, moveOf(request))
    const { rows } = await find(transaction, { sessionId })
    const [row] = rows
    if (row === undefined) return { outcome: 'unknown' }
    const found = { session: toSession(row), user: toOwner(row) }
    if (numAffectedRows === 0n) return outcomeOf(transaction, found, request)
    if (recordSuperseded)
      await recordGenerationEnds(transaction, session => session('id', '=', sessionId), { generation, now })
    return { outcome: 'rotated', ...found }
  }
}

/**
 * Handles only the usual case, in one round trip. `null`: nothing is written. The session was not rotated, the database does
 * not support it, or the feed needs a line too.
 */
function inOneStatement(
  database: Kysely<Tables>,
  { answeredUpdates }: Engine,
): (request: RotateSession) => Promise<Rotation | null> {
  if (answeredUpdates === null) return async () => null
  let transactionsAhead = 0
  const moveOn = forEither(isConfirmed => prepared((of, move: Move) => movingOnAnswered(of, move, isConfirmed)))

  return async request => {
    if (request.recordSuperseded || transactionsAhead-- > 0) return null
    try {
      const { rows } = await moveOn(request)(database, moveOf(request))
      const [row] = rows
      return row === undefined ? null : { outcome: 'rotated', session: toSession(row), user: toOwner(row) }
    } catch (error) {
      if (!answeredUpdates.wantsTransaction(error)) throw error
      transactionsAhead = transactionsAfterRefusal
      return null
    }
  }
}

/** Creates the method `sessions.rotate`, in the cheapest way for this engine. */
export function rotateSession(database: Kysely<Tables>, engine: Engine): (request: RotateSession) => Promise<Rotation> {
  const rotate = inTransaction()
  if (engine.hasOneWriter) return groupCommit(database, rotate)
  const rotateAtOnce = inOneStatement(database, engine)
  return async request =>
    (await rotateAtOnce(request)) ?? database.transaction().execute(transaction => rotate(transaction, request))
}
