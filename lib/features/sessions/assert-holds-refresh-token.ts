import { RefreshTokenInvalidError, SessionRevokedError } from '../../errors/index.js'
import { classifyRotation } from './classify-rotation.js'
import { refreshTokenCredential as kind } from './refresh-credential.js'
import { type RefreshSession, refreshSession } from './refresh-session.js'

export interface HeldRefreshToken extends Omit<RefreshSession, 'kind'> {
  /** The session that is going to get a new refresh token. */
  readonly sessionId: string
}

/**
 * Refuses a client that holds an access token of a session, but not its refresh token: a copied access token must not become a
 * refresh token. The token is not exchanged. One that was exchanged before ends the session, as in a refresh.
 *
 * The step that follows need not repeat the check: the stored generation only increases, so a token that is too old stays so.
 * @throws {RefreshTokenInvalidError} The token is not authentic, or is that of another session.
 * @throws {SessionRevokedError} @throws {RefreshTokenReusedError} @see RFC 9700, section 4.14.2
 */
export async function assertHoldsRefreshToken(
  dependencies: Parameters<typeof refreshSession>[0],
  { token, sessionId, client, now }: HeldRefreshToken,
): Promise<void> {
  const presented = kind.read(dependencies, token, now)
  if (presented.sessionId !== sessionId) throw new RefreshTokenInvalidError()
  const stored = await dependencies.storage.sessions.find({ sessionId, now })
  const graceMilliseconds = dependencies.sessionLifetimes.graceSeconds * 1000
  const outcome = classifyRotation(stored, { generation: presented.generation, now, graceMilliseconds })
  if (outcome === 'unknown') {
    dependencies.revokedSessions.add([sessionId])
    throw new SessionRevokedError()
  }
  if (outcome === 'reused') await refreshSession(dependencies, { token, kind, client, now })
}
