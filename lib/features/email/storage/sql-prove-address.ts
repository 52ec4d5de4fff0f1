import type { Kysely } from 'kysely'
import type { EpochMilliseconds, UserRecord } from '../../../storage/records.js'
import { revokeSessionsOf } from '../../../storage/sql/revoke.js'
import { fromUser } from '../../../storage/sql/rows.js'
import type { Tables } from '../../../storage/sql/tables.js'
import { followUser, type UserFollowUp } from '../../../storage/user-follow-up.js'
import type { ProvenAddress } from '../port.js'

/** Removes what an account with an unproven address had, and marks the address as proven. The caller has locked the user. */
export async function proveAddress(
  transaction: Kysely<Tables>,
  user: UserRecord,
  { now, followUps }: { readonly now: EpochMilliseconds; readonly followUps: readonly UserFollowUp<Kysely<Tables>>[] },
): Promise<ProvenAddress> {
  const { id: userId } = user
  const proven = { ...user, passwordHash: null, emailConfirmedAt: now }
  const { password_hash, email_confirmed_at } = fromUser(proven)
  await transaction
    .updateTable('fast_auth_users')
    .set({ password_hash, email_confirmed_at })
    .where('id', '=', userId)
    .execute()
  await transaction.deleteFrom('fast_auth_one_time_tokens').where('user_id', '=', userId).execute()
  const revokedSessionIds = await revokeSessionsOf(transaction, { userId, exceptSessionId: null, now })
  const deletedApiKeyIds = await followUser(followUps, 'proven', transaction, { userId, now })
  return { user: proven, isProvenNow: true, revokedSessionIds, deletedApiKeyIds }
}
