import type { Instant } from '../storage/storage.js'
import type { Client, Rooms } from './rooms.js'
import { tellSessionsRevoked } from './tell-sessions-revoked.js'

export interface RevokeOtherSessions {
  readonly userId: string
  /** The session that asks, which goes on. */
  readonly sessionId: string
  readonly client: Client
  readonly now: Instant
}

/** Ends every session of the user but the one that asks. @returns how many were ended. */
export async function revokeOtherSessions(
  rooms: Rooms,
  { userId, sessionId, client, now }: RevokeOtherSessions,
): Promise<number> {
  const { revokedSessionIds } = await rooms.storage.sessions.revokeAll({ userId, exceptSessionId: sessionId, now })
  await tellSessionsRevoked(rooms, revokedSessionIds, { userId, reason: 'revoked', client, now })
  return revokedSessionIds.length
}
