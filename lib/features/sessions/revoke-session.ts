import { SessionNotFoundError } from '../../errors/index.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'
import { endOfAskingSession } from './end-of-asking-session.js'
import { sessionsEnded } from './sessions-ended.js'

export interface RevokeSession {
  readonly userId: string
  /** The session to end. */
  readonly sessionId: string
  readonly askingSessionId: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Ends one session of this user. @throws {SessionNotFoundError} also if the session belongs to another user.
 * @throws {SessionRevokedError} The requesting session has ended.
 */
export async function revokeSession(
  dependencies: Pick<Dependencies, 'forgetApiKeys' | 'emit' | 'hooks' | 'revokedSessions' | 'storage'>,
  { userId, sessionId, askingSessionId, client, now }: RevokeSession,
): Promise<void> {
  const { outcome } = await dependencies.storage.sessions.revoke({
    userId,
    sessionId,
    asking: { sessionId: askingSessionId, now },
    now,
  })
  if (outcome === 'sessionEnded') throw endOfAskingSession(dependencies, askingSessionId)
  if (outcome === 'unknown') throw new SessionNotFoundError()
  await sessionsEnded(dependencies, { revokedSessionIds: [sessionId], userId, reason: 'revoked', client, now })
}
