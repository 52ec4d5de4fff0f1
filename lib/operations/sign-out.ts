import type { EpochMilliseconds, SessionRecord } from '../storage/storage.js'
import { runSessionEndHook } from './call-hook.js'
import type { Dependencies, RequestOrigin } from './dependencies.js'

export interface SignOut {
  readonly accessTokens: readonly string[]
  readonly refreshTokens: readonly string[]
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** Whose session is about to end: read only where a hook is to be told, since a refresh token doesn't say. */
function liveSession(
  { hooks, storage }: Dependencies,
  sessionId: string,
  now: EpochMilliseconds,
): Promise<SessionRecord | null> | null {
  return hooks.given.afterSessionEnd === undefined ? null : storage.sessions.find({ sessionId, now })
}

/**
 * Ends every session that an authentic credential names, an expired access token's too: whoever holds it asks for less,
 * not for more. Credentials that are not authentic are passed over without a storage call.
 */
export async function signOut(
  dependencies: Dependencies,
  { accessTokens, refreshTokens, client, now }: SignOut,
): Promise<void> {
  const refresh = refreshTokens.flatMap(token => dependencies.refreshTokens.read(token) ?? [])
  const access = accessTokens.flatMap(token => dependencies.accessTokens.read(token, now).claims ?? [])
  // Only an access token says whose the session is; it comes second, to have the last word.
  const userIds = new Map<string, string | null>([
    ...refresh.map(({ sessionId }) => [sessionId, null] as const),
    ...access.map(({ sid, sub }) => [sid, sub] as const),
  ])
  for (const [sessionId, userId] of userIds) {
    const live = await liveSession(dependencies, sessionId, now)
    const { outcome } = await dependencies.storage.sessions.revoke({ sessionId, asking: { sessionId, now }, now })
    dependencies.revokedSessions.add([sessionId], now)
    if (outcome !== 'revoked') continue
    const about = { at: new Date(now).toISOString(), userId, sessionId, ...client }
    dependencies.emit({ name: 'authn_token_revoked', reason: 'sign_out', ...about })
    if (live !== null)
      await runSessionEndHook(dependencies, [sessionId], { userId: live.userId, reason: 'sign_out', client, now })
  }
}
