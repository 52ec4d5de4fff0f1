import { SessionRevokedError } from '../errors/index.js'
import type { Instant } from '../storage/storage.js'
import type { Rooms } from './rooms.js'

/**
 * Remembers that the storage has not found the session that asks, so that this process refuses its tokens from now on.
 * @returns The error to answer with.
 */
export function endOfAskingSession(
  { revokedSessions }: Pick<Rooms, 'revokedSessions'>,
  sessionId: string,
  now: Instant,
): Error {
  revokedSessions.add([sessionId], now)
  return new SessionRevokedError()
}
