import { SessionNotFoundError } from '../errors/index.js'
import type { Instant } from '../storage/storage.js'
import { tellSessionsEnded } from './call-hook.js'
import type { Client, Rooms } from './rooms.js'

export interface RevokeSession {
  readonly userId: string
  readonly sessionId: string
  readonly client: Client
  readonly now: Instant
}

/** Ends one session of this user's. @throws {SessionNotFoundError} also where the session is somebody else's. */
export async function revokeSession(rooms: Rooms, { userId, sessionId, client, now }: RevokeSession): Promise<void> {
  const { outcome } = await rooms.storage.sessions.revoke({ userId, sessionId, now })
  if (outcome === 'unknown') throw new SessionNotFoundError()
  rooms.revokedSessions.add([sessionId], now)
  const about = { at: new Date(now).toISOString(), userId, sessionId, ...client }
  rooms.emit({ name: 'authn_token_revoked', reason: 'revoked', ...about })
  await tellSessionsEnded(rooms, [sessionId], { userId, reason: 'revoked', client, now })
}
