import { SessionNotFoundError } from '../errors/index.js'
import type { EpochMilliseconds } from '../storage/storage.js'
import { runSessionEndHook } from './call-hook.js'
import type { Dependencies, RequestOrigin } from './dependencies.js'
import { endOfAskingSession } from './end-of-asking-session.js'

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
  dependencies: Pick<Dependencies, 'emit' | 'hooks' | 'revokedSessions' | 'storage'>,
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
  dependencies.revokedSessions.add([sessionId])
  const about = { at: new Date(now).toISOString(), userId, sessionId, ...client }
  dependencies.emit({ name: 'authn_token_revoked', reason: 'revoked', ...about })
  await runSessionEndHook(dependencies, [sessionId], { userId, reason: 'revoked', client, now })
}
