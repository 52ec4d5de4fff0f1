import type { ExpressionBuilder, Kysely } from 'kysely'
import type { RevokeSession, SessionRevocation } from '../../features/sessions/port.js'
import type { EpochMilliseconds, Revocation } from '../records.js'
import { lockUser } from './find-user.js'
import { isAskedInTime } from './is-asked-in-time.js'
import { fromRevocation, noGeneration } from './rows.js'
import type { Tables } from './tables.js'

/** Adds a line to the revocation feed. The caller removes the session or key in the same transaction. */
export async function recordRevocation(transaction: Kysely<Tables>, revocation: Revocation): Promise<void> {
  await transaction.insertInto('fast_auth_revocations').values(fromRevocation(revocation)).execute()
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

async function ownerOf(transaction: Kysely<Tables>, sessionId: string): Promise<string> {
  const session = await transaction
    .selectFrom('fast_auth_sessions')
    .select('user_id')
    .where('id', '=', sessionId)
    .executeTakeFirst()
  return session?.user_id ?? ''
}

/** Removes the session and records it in the feed. */
export async function revokeSession(
  transaction: Kysely<Tables>,
  { sessionId, userId, asking, now }: RevokeSession,
): Promise<SessionRevocation> {
  const ownerId = userId ?? (await ownerOf(transaction, sessionId))
  await lockUser(transaction, ownerId)
  const isSignOut = asking?.sessionId === sessionId
  if (!isSignOut && !(await isAskedInTime(transaction, ownerId, asking))) return { outcome: 'sessionEnded' }
  const named = transaction.deleteFrom('fast_auth_sessions').where('id', '=', sessionId)
  const meant = userId === undefined ? named : named.where('user_id', '=', userId)
  const { numDeletedRows } = await meant.executeTakeFirst()
  if (numDeletedRows === 0n) return { outcome: 'unknown' }
  if (!isSignOut) await discardEmailChange(transaction, ownerId, [sessionId])
  await recordRevocation(transaction, { kind: 'session', id: sessionId, generation: null, revokedAt: now })
  return { outcome: 'revoked' }
}

/** Selects sessions of a user: all except one, all if that is `null`, or the listed ones. */
type MeantSessions = { readonly exceptSessionId: string | null } | { readonly sessionIds: readonly string[] }

/**
 * Removes sessions of the user and records them in the feed. The caller has locked the user, so no session is added. The
 * sessions are locked too, so a concurrent revocation of one does not record it twice.
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
  const sessions = await transaction.selectFrom('fast_auth_sessions').select('id').where(isMeant).forUpdate().execute()
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

/** Records each API key of the user in the feed. The caller has locked the user. */
export async function recordApiKeysOf(
  transaction: Kysely<Tables>,
  { userId, now }: { userId: string; now: EpochMilliseconds },
): Promise<string[]> {
  const apiKeys = await transaction
    .selectFrom('fast_auth_api_keys')
    .select('id')
    .where('user_id', '=', userId)
    .forUpdate()
    .execute()
  if (apiKeys.length === 0) return []
  await transaction
    .insertInto('fast_auth_revocations')
    .columns(['revoked_at', 'kind', 'id', 'generation'])
    .expression(({ selectFrom, val }) =>
      selectFrom('fast_auth_api_keys')
        .select([val(now).as('revoked_at'), val('apiKey').as('kind'), 'id', val(noGeneration).as('generation')])
        .where('user_id', '=', userId)
        // The feed may already have a line for a key at this instant.
        .where(({ exists, not, selectFrom: from }) =>
          not(
            exists(
              from('fast_auth_revocations as line')
                .select('line.id')
                .where('line.revoked_at', '=', now)
                .where('line.kind', '=', 'apiKey')
                .whereRef('line.id', '=', 'fast_auth_api_keys.id'),
            ),
          ),
        ),
    )
    .execute()
  return apiKeys.map(({ id }) => id)
}

/** Removes the user's API keys and records them in the feed. The caller has locked the user. */
export async function revokeApiKeysOf(
  transaction: Kysely<Tables>,
  { userId, now }: { userId: string; now: EpochMilliseconds },
): Promise<string[]> {
  const apiKeyIds = await recordApiKeysOf(transaction, { userId, now })
  await transaction.deleteFrom('fast_auth_api_keys').where('user_id', '=', userId).execute()
  return apiKeyIds
}
