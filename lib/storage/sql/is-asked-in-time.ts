import type { Kysely } from 'kysely'
import type { AskingSession } from '../asking-session.js'
import { lockLiveSession } from './session-rows.js'
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
  return asking === undefined || (await lockLiveSession(transaction, { ...asking, userId })) !== null
}
