import { type EndedSessions, tellSessionsEnded } from './call-hook.js'
import type { AdministrationRooms } from './rooms.js'

interface RevokedSessionsOfUser extends EndedSessions {
  readonly reason: 'revoked' | 'user_disabled'
}

/** What follows from sessions that the storage has ended: this process refuses their tokens, and events and the hook tell. */
export async function tellSessionsRevoked(
  rooms: AdministrationRooms,
  sessionIds: readonly string[],
  ended: RevokedSessionsOfUser,
): Promise<void> {
  const { userId, reason, client, now } = ended
  rooms.revokedSessions.add(sessionIds, now)
  const about = { at: new Date(now).toISOString(), userId, ...client }
  for (const sessionId of sessionIds) rooms.emit({ name: 'authn_token_revoked', sessionId, reason, ...about })
  await tellSessionsEnded(rooms, sessionIds, ended)
}
