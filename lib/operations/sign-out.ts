import type { Instant, SessionRecord } from '../storage/storage.js'
import { tellSessionsEnded } from './call-hook.js'
import type { Client, Rooms } from './rooms.js'

export interface SignOut {
  readonly accessTokens: readonly string[]
  readonly refreshTokens: readonly string[]
  readonly client: Client
  readonly now: Instant
}

/** Whose session is about to end: read only where a hook is to be told, since a refresh token doesn't say. */
function liveSession({ hooks, storage }: Rooms, sessionId: string, now: Instant): Promise<SessionRecord | null> | null {
  return hooks.given.afterSessionEnd === undefined ? null : storage.sessions.find({ sessionId, now })
}

/**
 * Ends every session that an authentic credential names, an expired access token's too: whoever holds it asks for less,
 * not for more. Credentials that are not authentic are passed over without a storage call.
 */
export async function signOut(rooms: Rooms, { accessTokens, refreshTokens, client, now }: SignOut): Promise<void> {
  const refresh = refreshTokens.flatMap(token => rooms.refreshTokens.read(token) ?? [])
  const access = accessTokens.flatMap(token => rooms.accessTokens.read(token, now).claims ?? [])
  // Only an access token says whose the session is; it comes second, to have the last word.
  const userIds = new Map<string, string | null>([
    ...refresh.map(({ sessionId }) => [sessionId, null] as const),
    ...access.map(({ sid, sub }) => [sid, sub] as const),
  ])
  for (const [sessionId, userId] of userIds) {
    const live = await liveSession(rooms, sessionId, now)
    const { outcome } = await rooms.storage.sessions.revoke({ sessionId, asking: { sessionId, now }, now })
    rooms.revokedSessions.add([sessionId], now)
    if (outcome !== 'revoked') continue
    const about = { at: new Date(now).toISOString(), userId, sessionId, ...client }
    rooms.emit({ name: 'authn_token_revoked', reason: 'sign_out', ...about })
    if (live !== null)
      await tellSessionsEnded(rooms, [sessionId], { userId: live.userId, reason: 'sign_out', client, now })
  }
}
