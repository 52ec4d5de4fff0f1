import type { ProvenAddress, UserRecord } from 'fast-auth/storage'
import { endApiKeys } from './api-keys.ts'
import { removeIdentities } from './identity-records.ts'
import { discardTokens } from './one-time-tokens.ts'
import { removeInvitationsBy } from './organization-records.ts'
import { removePasskeys } from './passkeys.ts'
import { removeFactors } from './second-factors.ts'
import { endSessions } from './sessions.ts'
import { type Change, idsOf, ofUser, type Tables } from './tables.ts'
import { writeUser } from './users.ts'

/** Sets `emailConfirmedAt`. The creator of everything else had not proven ownership of the address. */
export function proveAddress(tables: Tables, unproven: UserRecord, now: number) {
  const user = { ...unproven, passwordHash: null, emailConfirmedAt: now }
  const sessions = ofUser(tables.sessions, user.id)
  const apiKeys = ofUser(tables.apiKeys, user.id)
  const changes: readonly Change[] = [
    writeUser(user),
    ...discardTokens(tables, user.id),
    ...endSessions(sessions, now),
    ...endApiKeys(apiKeys, now),
    ...removeFactors(tables, user.id),
    ...removePasskeys(tables, user.id),
    ...removeIdentities(tables, user.id),
    ...removeInvitationsBy(tables, user.id),
  ]
  const proven: ProvenAddress = {
    user,
    isProvenNow: true,
    revokedSessionIds: idsOf(sessions),
    deletedApiKeyIds: idsOf(apiKeys),
  }
  return { proven, changes }
}
