import type { Instant } from '../storage/storage.js'
import { noClient } from './client.js'
import type { AdministrationRooms } from './rooms.js'
import { tellSessionsRevoked } from './tell-sessions-revoked.js'

export type SessionsEnding =
  | { readonly outcome: 'ended'; readonly endedSessions: number }
  | { readonly outcome: 'unknownUser' }

/** Signs a user out everywhere. Their password and their API keys stay good. */
export async function endSessions(
  rooms: AdministrationRooms,
  { userId, now }: { readonly userId: string; readonly now: Instant },
): Promise<SessionsEnding> {
  const { users, sessions } = rooms.storage
  const { revokedSessionIds } = await sessions.revokeAll({ userId, now })
  const { length: endedSessions } = revokedSessionIds
  if (endedSessions === 0 && (await users.find({ userId })) === null) return { outcome: 'unknownUser' }
  await tellSessionsRevoked(rooms, revokedSessionIds, { userId, reason: 'revoked', client: noClient, now })
  return { outcome: 'ended', endedSessions }
}
