import { followUserInMemory, type MemoryFollowUp } from '../../../storage/memory/memory-part.js'
import {
  discardTokens,
  type MemoryTables,
  ofUser,
  revokeSessions,
  writeUser,
} from '../../../storage/memory/memory-tables.js'
import type { EpochMilliseconds, UserRecord } from '../../../storage/records.js'
import type { ProvenAddress } from '../port.js'

/** Removes what an account with an unproven address had, and marks the address as proven. */
export function proveAddressInMemory(
  tables: MemoryTables,
  user: UserRecord,
  { now, followUps }: { readonly now: EpochMilliseconds; readonly followUps: readonly MemoryFollowUp[] },
): ProvenAddress {
  discardTokens(tables, user.id)
  return {
    user: writeUser(tables, { ...user, passwordHash: null, emailConfirmedAt: now }),
    isProvenNow: true,
    revokedSessionIds: revokeSessions(tables, ofUser(tables.sessions, user.id), now),
    deletedApiKeyIds: followUserInMemory(followUps, 'proven', tables, { userId: user.id, now }),
  }
}
