import type { Instant } from '../storage/storage.js'
import { endOfAskingSession } from './end-of-asking-session.js'
import type { Client, Rooms } from './rooms.js'
import { tellSessionsRevoked } from './tell-sessions-revoked.js'

export interface RevokeOtherSessions {
  readonly userId: string
  /** The session that asks, which goes on. */
  readonly sessionId: string
  readonly client: Client
  readonly now: Instant
}

/** Ends every session of the user but the one that asks. @returns how many were ended. @throws {SessionRevokedError} where the session has ended. */
export async function revokeOtherSessions(
  rooms: Rooms,
  { userId, sessionId, client, now }: RevokeOtherSessions,
): Promise<number> {
  const asking = { sessionId, now }
  const { outcome, revokedSessionIds } = await rooms.storage.sessions.revokeAll({ userId, asking, now })
  if (outcome === 'sessionEnded') throw endOfAskingSession(rooms, sessionId, now)
  await tellSessionsRevoked(rooms, revokedSessionIds, { userId, reason: 'revoked', client, now })
  return revokedSessionIds.length
}
