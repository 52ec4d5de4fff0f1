import { type EndedSessions, runSessionEndHook } from './call-hook.js'
import type { AdministrationDependencies } from './dependencies.js'

interface RevokedSessionsOfUser extends EndedSessions {
  readonly reason: 'revoked' | 'user_disabled' | 'too_many_sessions'
}

/** Handles sessions that the storage has ended: this process refuses their tokens, emits events and calls the hook. */
export async function handleRevokedSessions(
  dependencies: Pick<AdministrationDependencies, 'emit' | 'hooks' | 'revokedSessions'>,
  sessionIds: readonly string[],
  ended: RevokedSessionsOfUser,
): Promise<void> {
  const { userId, reason, client, now } = ended
  dependencies.revokedSessions.add(sessionIds)
  const about = { at: new Date(now).toISOString(), userId, ...client }
  for (const sessionId of sessionIds) dependencies.emit({ name: 'authn_token_revoked', sessionId, reason, ...about })
  await runSessionEndHook(dependencies, sessionIds, ended)
}
