import type { Instant } from '../storage/storage.js'
import { noClient } from './client.js'
import type { AdministrationRooms } from './rooms.js'
import { tellSessionsRevoked } from './tell-sessions-revoked.js'

export type UserDisabling =
  | { readonly outcome: 'disabled'; readonly endedSessions: number }
  | { readonly outcome: 'unknownUser' }

/**
 * Lets nobody in as this user, until they are enabled: sign-ins, mailed links and API keys are refused, and every session
 * ends. Nothing is deleted.
 */
export async function disableUser(
  rooms: AdministrationRooms,
  { userId, now }: { readonly userId: string; readonly now: Instant },
): Promise<UserDisabling> {
  const disabling = await rooms.storage.users.disable({ userId, now })
  if (disabling.outcome === 'unknown') return { outcome: 'unknownUser' }
  const { revokedSessionIds, apiKeyIds } = disabling
  rooms.apiKeys.verified.forget(apiKeyIds)
  rooms.emit({ name: 'user_disabled', at: new Date(now).toISOString(), userId, sessionId: null, ...noClient })
  await tellSessionsRevoked(rooms, revokedSessionIds, { userId, reason: 'user_disabled', client: noClient, now })
  return { outcome: 'disabled', endedSessions: revokedSessionIds.length }
}
