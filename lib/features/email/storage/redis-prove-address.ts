import type { EpochMilliseconds, UserRecord } from '../../../storage/records.js'
import { endSessions } from '../../../storage/redis/session-records.js'
import { discardTokens } from '../../../storage/redis/token-records.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import { writeUser } from '../../../storage/redis/user-records.js'
import { followUser, type UserFollowUp } from '../../../storage/user-follow-up.js'
import type { ProvenAddress } from '../port.js'

/** Removes what an account with an unproven address had, and marks the address as proven. */
export async function proveAddress(
  transaction: Transaction,
  user: UserRecord,
  { now, followUps }: { readonly now: EpochMilliseconds; readonly followUps: readonly UserFollowUp<Transaction>[] },
): Promise<ProvenAddress> {
  await discardTokens(transaction, user.id)
  return {
    user: writeUser(transaction, { ...user, passwordHash: null, emailConfirmedAt: now }, user),
    isProvenNow: true,
    revokedSessionIds: await endSessions(transaction, user.id, { now }),
    deletedApiKeyIds: await followUser(followUps, 'proven', transaction, { userId: user.id, now }),
  }
}
