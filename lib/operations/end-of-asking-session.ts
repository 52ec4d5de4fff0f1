import { SessionRevokedError } from '../errors/index.js'
import type { EpochMilliseconds } from '../storage/storage.js'
import type { Dependencies } from './dependencies.js'

/**
 * Remembers that the storage has not found the session that asks, so that this process refuses its tokens from now on.
 * @returns The error to answer with.
 */
export function endOfAskingSession(
  { revokedSessions }: Pick<Dependencies, 'revokedSessions'>,
  sessionId: string,
  now: EpochMilliseconds,
): Error {
  revokedSessions.add([sessionId], now)
  return new SessionRevokedError()
}
