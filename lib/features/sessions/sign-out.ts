import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'
import { sessionsEnded } from './sessions-ended.js'

export interface SignOut {
  readonly accessTokens: readonly string[]
  readonly refreshTokens: readonly string[]
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** Reads the user of a session that is about to end: only if a hook is set, since a refresh token does not contain the user. */
async function ownerOf(
  { hooks, storage }: Pick<Dependencies, 'hooks' | 'storage'>,
  sessionId: string,
  now: EpochMilliseconds,
): Promise<string | null> {
  if (hooks.given.afterSessionEnd === undefined) return null
  const session = await storage.sessions.find({ sessionId, now })
  return session?.userId ?? null
}

/**
 * Ends every session that an authentic credential names, also an expired access token: its holder asks for less access, not
 * for more. Credentials that are not authentic are ignored without a storage call.
 */
export async function signOut(
  dependencies: Pick<
    Dependencies,
    'accessTokens' | 'forgetApiKeys' | 'emit' | 'hooks' | 'refreshTokens' | 'revokedSessions' | 'storage'
  >,
  { accessTokens, refreshTokens, client, now }: SignOut,
): Promise<void> {
  const refresh = refreshTokens.flatMap(token => dependencies.refreshTokens.read(token) ?? [])
  const access = accessTokens.flatMap(token => dependencies.accessTokens.read(token, now).claims ?? [])
  // Only an access token contains the session's user; it comes second, so that its entry wins.
  const userIds = new Map<string, string | null>([
    ...refresh.map(({ sessionId }) => [sessionId, null] as const),
    ...access.map(({ sid, sub }) => [sid, sub] as const),
  ])
  for (const [sessionId, knownUserId] of userIds) {
    const userId = knownUserId ?? (await ownerOf(dependencies, sessionId, now))
    const { outcome } = await dependencies.storage.sessions.revoke({ sessionId, asking: { sessionId, now }, now })
    dependencies.revokedSessions.add([sessionId])
    if (outcome === 'revoked')
      await sessionsEnded(dependencies, { revokedSessionIds: [sessionId], userId, reason: 'sign_out', client, now })
  }
}
