import { SessionRevokedError } from '../../errors/index.js'
import type { Dependencies } from '../dependencies.js'

/**
 * Records that the storage did not find the requesting session, so that this process refuses its tokens from now on.
 * @returns The error to answer with.
 */
export function endOfAskingSession(
  { revokedSessions }: Pick<Dependencies, 'revokedSessions'>,
  sessionId: string,
): Error {
  revokedSessions.add([sessionId])
  return new SessionRevokedError()
}
