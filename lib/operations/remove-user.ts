import type { AskingSessionWithPassword, EpochMilliseconds, UserRecord } from '../storage/storage.js'
import { runAfterHook, runBeforeHook, runSessionEndHook } from './call-hook.js'
import type { AdministrationDependencies, RequestOrigin } from './dependencies.js'

export interface RemoveUser {
  /** Whoever is to go, as they were read a moment ago. */
  readonly user: UserRecord
  /** The session that asks, and the password that its user has shown; `null`: the application asks. */
  readonly asking: AskingSessionWithPassword | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Deletes a user with everything of theirs, in one step, and tells of it. If the answer is another than `deleted`, nothing has happened: the user is gone (`unknown`), or what the request was based on is not true any more.
 * @throws {InternalError} The hook `beforeUserDelete` threw or was late: nothing is deleted.
 */
export async function removeUser(
  dependencies: AdministrationDependencies,
  { user, asking, client, now }: RemoveUser,
): Promise<{ readonly outcome: 'deleted' | 'unknown' | 'stale' | 'sessionEnded' }> {
  const { id: userId } = user
  const about = { at: new Date(now).toISOString(), userId, ...client }
  await runBeforeHook(dependencies, 'beforeUserDelete', { user, client, now })
  const deletion = await dependencies.storage.users.delete({ userId, now, ...(asking === null ? {} : { asking }) })
  if (deletion.outcome !== 'deleted') return deletion
  dependencies.revokedSessions.add(deletion.revokedSessionIds, now)
  dependencies.apiKeys.verified.forget(deletion.deletedApiKeyIds)
  dependencies.emit({ name: 'user_deleted', sessionId: asking?.sessionId ?? null, ...about })
  for (const revoked of deletion.revokedSessionIds) {
    dependencies.emit({ name: 'authn_token_revoked', sessionId: revoked, reason: 'user_deleted', ...about })
  }
  for (const apiKeyId of deletion.deletedApiKeyIds) {
    dependencies.emit({ name: 'authn_token_revoked', sessionId: null, apiKeyId, reason: 'user_deleted', ...about })
  }
  await runAfterHook(dependencies, 'afterUserDelete', { user, client, now })
  await runSessionEndHook(dependencies, deletion.revokedSessionIds, { userId, reason: 'user_deleted', client, now })
  return { outcome: 'deleted' }
}
