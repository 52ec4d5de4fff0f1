import type { Kysely } from 'kysely'
import { mayAsk } from '../asking-session.js'
import type { EpochMilliseconds, SessionRecord } from '../records.js'
import { fromSession, toSession } from './rows.js'
import type { Tables } from './tables.js'

/** Locks the session until the transaction ends and returns it; `null` if it is not a live session of the user. */
export async function lockLiveSession(
  transaction: Kysely<Tables>,
  { sessionId, userId, now }: { readonly sessionId: string; readonly userId: string; readonly now: EpochMilliseconds },
): Promise<SessionRecord | null> {
  const row = await transaction
    .selectFrom('fast_auth_sessions')
    .selectAll()
    .where('id', '=', sessionId)
    .forUpdate()
    .executeTakeFirst()
  const session = row === undefined ? null : toSession(row)
  return mayAsk(session, userId, { sessionId, now }) ? session : null
}

/** Writes the session as it is after its next refresh token is issued. */
export async function succeedSession(
  transaction: Kysely<Tables>,
  session: SessionRecord,
  { generation, idleExpiresAt, now }: { generation: number; idleExpiresAt: EpochMilliseconds; now: EpochMilliseconds },
): Promise<SessionRecord> {
  const expiresAt = Math.min(idleExpiresAt, session.absoluteExpiresAt)
  const successor = { ...session, generation, rotatedAt: now, expiresAt }
  const { id, ...row } = fromSession(successor)
  await transaction.updateTable('fast_auth_sessions').set(row).where('id', '=', id).execute()
  return successor
}
