import type { Instant } from '../storage/storage.js'
import type { Client, Rooms } from './rooms.js'

export interface SignOut {
  readonly accessTokens: readonly string[]
  readonly refreshTokens: readonly string[]
  readonly client: Client
  readonly now: Instant
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
    const { outcome } = await rooms.storage.sessions.revoke({ sessionId, now })
    rooms.revokedSessions.add([sessionId], now)
    if (outcome === 'unknown') continue
    const about = { at: new Date(now).toISOString(), userId, sessionId, ...client }
    rooms.emit({ name: 'authn_token_revoked', reason: 'sign_out', ...about })
  }
}
