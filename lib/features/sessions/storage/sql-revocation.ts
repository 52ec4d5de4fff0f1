import type { Kysely } from 'kysely'
import { lockUser } from '../../../storage/sql/find-user.js'
import { isAskedInTime } from '../../../storage/sql/is-asked-in-time.js'
import { discardEmailChange, recordRevocation } from '../../../storage/sql/revoke.js'
import type { Tables } from '../../../storage/sql/tables.js'
import type { RevokeSession, SessionRevocation } from '../port.js'

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
