import { SessionNotFoundError } from '../errors/index.js'
import type { Instant } from '../storage/storage.js'
import { tellSessionsEnded } from './call-hook.js'
import { endOfAskingSession } from './end-of-asking-session.js'
import type { Client, Rooms } from './rooms.js'

export interface RevokeSession {
  readonly userId: string
  /** The session that is to end. */
  readonly sessionId: string
  readonly askingSessionId: string
  readonly client: Client
  readonly now: Instant
}

/**
 * Ends one session of this user's. @throws {SessionNotFoundError} also where the session is somebody else's.
 * @throws {SessionRevokedError} where the session that asks has ended.
 */
export async function revokeSession(
  rooms: Rooms,
  { userId, sessionId, askingSessionId, client, now }: RevokeSession,
): Promise<void> {
  const { outcome } = await rooms.storage.sessions.revoke({
    userId,
    sessionId,
    asking: { sessionId: askingSessionId, now },
    now,
  })
  if (outcome === 'sessionEnded') throw endOfAskingSession(rooms, askingSessionId, now)
  if (outcome === 'unknown') throw new SessionNotFoundError()
  rooms.revokedSessions.add([sessionId], now)
  const about = { at: new Date(now).toISOString(), userId, sessionId, ...client }
  rooms.emit({ name: 'authn_token_revoked', reason: 'revoked', ...about })
  await tellSessionsEnded(rooms, [sessionId], { userId, reason: 'revoked', client, now })
}
