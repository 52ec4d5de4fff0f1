import type { Kysely } from 'kysely'
import type { ProofPart } from '../../../storage/proof-part.js'
import type { Engine } from '../../../storage/sql/engine.js'
import { lockUser } from '../../../storage/sql/find-user.js'
import { isAskedInTime } from '../../../storage/sql/is-asked-in-time.js'
import { discardEmailChange, revokeAllSessionsOf, revokeSessionsOf } from '../../../storage/sql/revoke.js'
import { fromSession, toSession } from '../../../storage/sql/rows.js'
import { lockLiveSession, succeedSession } from '../../../storage/sql/session-rows.js'
import type { Tables } from '../../../storage/sql/tables.js'
import { checkProofs } from '../check-proofs.js'
import { joinMethods } from '../join-methods.js'
import type {
  ListSessions,
  OpenSession,
  ReauthenticateSession,
  Reauthentication,
  RevokeAllSessions,
  SessionOpening,
  SessionPage,
  SessionStore,
  SessionsRevocation,
} from '../port.js'
import { revokeSession } from './sql-revocation.js'
import { rotateSession } from './sql-rotation.js'

type SqlProofParts = readonly ProofPart<Kysely<Tables>>[]

/** More are left to the next call: a statement that names each of them stays small. */
const maximumRevokedTogether = 1_000

/**
 * Ends the sessions that were rotated least recently, so that one more makes the maximum. They are chosen without a lock: only
 * a refresh moves one of them meanwhile, and that counts as if it came before.
 */
async function revokeExcess(
  transaction: Kysely<Tables>,
  { session: { userId, createdAt: now }, maximumPerUser }: OpenSession,
): Promise<string[]> {
  const excess = await transaction
    .selectFrom('fast_auth_sessions')
    .select('id')
    .where('user_id', '=', userId)
    .orderBy('rotated_at', 'desc')
    .orderBy('id')
    .limit(maximumRevokedTogether)
    .offset(maximumPerUser - 1)
    .execute()
  if (excess.length === 0) return []
  const sessionIds = excess.map(({ id }) => id)
  await discardEmailChange(transaction, userId, sessionIds)
  return revokeSessionsOf(transaction, { userId, sessionIds, now })
}

async function open(
  transaction: Kysely<Tables>,
  request: OpenSession,
  proofParts: SqlProofParts,
): Promise<SessionOpening> {
  const { session, proofs } = request
  const { userId, createdAt } = session
  const user = await lockUser(transaction, userId)
  if (user === null) return { outcome: 'stale' }
  const needed = { user, proofs, needsFirstFactor: true, now: createdAt }
  const checked = await checkProofs(proofParts, transaction, needed)
  if (checked.outcome !== 'hold') return checked
  if (user.disabledAt !== null) return { outcome: 'disabled' }
  for (const settle of checked.settle) await settle(session)
  await transaction
    .updateTable('fast_auth_users')
    .set({ last_sign_in_at: createdAt })
    .where('id', '=', userId)
    .execute()
  const revokedSessionIds = await revokeExcess(transaction, request)
  await transaction.insertInto('fast_auth_sessions').values(fromSession(session)).execute()
  return { outcome: 'opened', user: { ...user, lastSignInAt: createdAt }, revokedSessionIds }
}

async function reauthenticate(
  transaction: Kysely<Tables>,
  { sessionId, userId, proofs, methods, idleExpiresAt, now }: ReauthenticateSession,
  proofParts: SqlProofParts,
): Promise<Reauthentication> {
  const user = await lockUser(transaction, userId)
  if (user === null) return { outcome: 'stale' }
  const checked = await checkProofs(proofParts, transaction, { user, proofs, needsFirstFactor: false, now })
  if (checked.outcome !== 'hold') return checked
  const session = await lockLiveSession(transaction, { sessionId, userId, now })
  if (session === null) return { outcome: 'sessionEnded' }
  for (const settle of checked.settle) await settle(session)
  const proven = { methods: joinMethods(session, methods), authenticatedAt: now }
  const generation = session.generation + 2
  const successor = await succeedSession(transaction, { ...session, ...proven }, { generation, idleExpiresAt, now })
  return { outcome: 'reauthenticated', user, session: successor }
}

async function revokeAll(
  transaction: Kysely<Tables>,
  { userId, asking, now }: RevokeAllSessions,
): Promise<SessionsRevocation> {
  await lockUser(transaction, userId)
  if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded', revokedSessionIds: [] }
  const exceptSessionId = asking?.sessionId ?? null
  const revokedSessionIds = await revokeAllSessionsOf(transaction, userId, { exceptSessionId, now })
  return { outcome: 'revoked', revokedSessionIds }
}

async function list(database: Kysely<Tables>, { userId, now, limit, offset }: ListSessions): Promise<SessionPage> {
  const live = database.selectFrom('fast_auth_sessions').where('user_id', '=', userId).where('expires_at', '>', now)
  const rows = await live.selectAll().orderBy('rotated_at', 'desc').orderBy('id').limit(limit).offset(offset).execute()
  const { total } = await live.select(({ fn }) => fn.countAll().as('total')).executeTakeFirstOrThrow()
  return { items: rows.map(toSession), total: Number(total) }
}

export function sqlSessions(database: Kysely<Tables>, engine: Engine, proofParts: SqlProofParts): SessionStore {
  return {
    open: request => database.transaction().execute(transaction => open(transaction, request, proofParts)),

    reauthenticate: request =>
      database.transaction().execute(transaction => reauthenticate(transaction, request, proofParts)),

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

    list: request => list(database, request),

    revoke: request => database.transaction().execute(transaction => revokeSession(transaction, request)),

    revokeAll: request => database.transaction().execute(transaction => revokeAll(transaction, request)),
  }
}
