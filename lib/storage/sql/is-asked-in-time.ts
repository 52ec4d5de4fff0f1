import type { Kysely } from 'kysely'
import { type AskingSession, mayAsk } from '../asking-session.js'
import { toSession } from './rows.js'
import type { Tables } from './tables.js'

/**
 * Checks whether the request comes from a live session of the user, or from the application itself. The session stays locked
 * until the transaction ends, so a concurrent revocation either is visible here or waits. The caller has locked the user.
 */
export async function isAskedInTime(
  transaction: Kysely<Tables>,
  userId: string,
  asking: AskingSession | undefined,
): Promise<boolean> {
  if (asking === undefined) return true
  const row = await transaction
    .selectFrom('fast_auth_sessions')
    .selectAll()
    .where('id', '=', asking.sessionId)
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined && mayAsk(toSession(row), userId, asking)
}
