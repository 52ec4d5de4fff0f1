import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely'
import type { EpochMilliseconds, Revocation } from '../records.js'
import { announcement } from './announcement.js'
import { fromRevocation, noGeneration } from './rows.js'
import type { Tables } from './tables.js'

/** Adds a line to the revocation feed. The caller removes the session or key in the same transaction. */
export async function recordRevocation(transaction: Kysely<Tables>, revocation: Revocation): Promise<void> {
  await transaction.insertInto('fast_auth_revocations').values(fromRevocation(revocation)).execute()
}

interface GenerationEnds {
  readonly now: EpochMilliseconds
  /** The generation that ends; if omitted, the present one of each session. */
  readonly generation?: number
  /** Whether other processes are notified, if the database can do that. */
  readonly isUrgent?: boolean
}

/**
 * Records generations of sessions in the feed, which has a single line for a generation that ends twice at the same instant. The
 * caller has locked the sessions.
 */
export async function recordGenerationEnds(
  transaction: Kysely<Tables>,
  isMeant: (session: ExpressionBuilder<Tables, 'fast_auth_sessions'>) => Expression<SqlBool>,
  { now, generation, isUrgent = false }: GenerationEnds,
): Promise<void> {
  const ended = generation === undefined ? sql.ref<number>('fast_auth_sessions.generation') : sql.val(generation)
  const insertion = transaction
    .insertInto('fast_auth_revocations')
    .columns(['revoked_at', 'kind', 'id', 'generation'])
    .expression(({ selectFrom, val }) =>
      selectFrom('fast_auth_sessions')
        .select([val(now).as('revoked_at'), val('generation').as('kind'), 'id', ended.as('generation')])
        .where(isMeant)
        .where(({ exists, not, selectFrom: from }) =>
          not(
            exists(
              from('fast_auth_revocations as line')
                .select('line.id')
                .where('line.revoked_at', '=', now)
                .where('line.kind', '=', 'generation')
                .whereRef('line.id', '=', 'fast_auth_sessions.id')
                .where('line.generation', '=', ended),
            ),
          ),
        ),
    )
  await (isUrgent ? insertion.modifyEnd(announcement) : insertion).execute()
}

/** Removes the user's pending address change if one of these sessions requested it. */
export async function discardEmailChange(
  transaction: Kysely<Tables>,
  userId: string,
  sessionIds: readonly string[],
): Promise<void> {
  await transaction
    .deleteFrom('fast_auth_one_time_tokens')
    .where('user_id', '=', userId)
    .where('purpose', '=', 'changeEmail')
    .where('session_id', 'in', sessionIds)
    .execute()
}

/** Selects sessions of a user: all except one, all if that is `null`, or the listed ones. */
type MeantSessions = { readonly exceptSessionId: string | null } | { readonly sessionIds: readonly string[] }

/**
 * Removes sessions of the user and records them in the feed. The caller has locked the user, so no session is added. The
 * sessions are locked too, so a concurrent revocation of one does not record it twice. They are locked in the order of their ids, as
 * by the deletion of an organisation, which locks no members.
 */
export async function revokeSessionsOf(
  transaction: Kysely<Tables>,
  { userId, now, ...meant }: MeantSessions & { readonly userId: string; readonly now: EpochMilliseconds },
): Promise<string[]> {
  const isMeant = (session: ExpressionBuilder<Tables, 'fast_auth_sessions'>) => {
    const ofUser = session('user_id', '=', userId)
    if ('sessionIds' in meant) return ofUser.and('id', 'in', meant.sessionIds)
    return meant.exceptSessionId === null ? ofUser : ofUser.and('id', '<>', meant.exceptSessionId)
  }
  const sessions = await transaction
    .selectFrom('fast_auth_sessions')
    .select('id')
    .where(isMeant)
    .orderBy('id')
    .forUpdate()
    .execute()
  if (sessions.length === 0) return []
  await transaction
    .insertInto('fast_auth_revocations')
    .columns(['revoked_at', 'kind', 'id', 'generation'])
    .expression(({ selectFrom, val }) =>
      selectFrom('fast_auth_sessions')
        .select([val(now).as('revoked_at'), val('session').as('kind'), 'id', val(noGeneration).as('generation')])
        .where(isMeant),
    )
    .execute()
  await transaction.deleteFrom('fast_auth_sessions').where(isMeant).execute()
  return sessions.map(({ id }) => id)
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

/**
 * Removes sessions of the user as `revokeSessionsOf` does. Also removes the user's pending address change, unless the excepted
 * session requested it.
 */
export async function revokeAllSessionsOf(
  transaction: Kysely<Tables>,
  userId: string,
  { exceptSessionId, now }: { readonly exceptSessionId: string | null; readonly now: EpochMilliseconds },
): Promise<string[]> {
  await discardEmailChangeOfOthers(transaction, userId, exceptSessionId)
  return revokeSessionsOf(transaction, { userId, exceptSessionId, now })
}
