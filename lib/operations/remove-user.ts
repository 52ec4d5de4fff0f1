import type { AskingSessionWithPassword, EpochMilliseconds, UserRecord } from '../storage/storage.js'
import { runAfterHook, runBeforeHook, runSessionEndHook } from './call-hook.js'
import type { AdministrationDependencies, RequestOrigin } from './dependencies.js'

export interface RemoveUser {
  /** The user to delete, as read a moment ago. */
  readonly user: UserRecord
  /** The requesting session with the password that its user has proven; `null`: the application requests it. */
  readonly asking: AskingSessionWithPassword | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Deletes a user with all their data in one step, and emits the events. With any outcome other than `deleted`, nothing was
 * changed: the user does not exist (`unknown`), or the state that the request was based on has changed.
 * @throws {InternalError} The hook `beforeUserDelete` threw or took too long: nothing is deleted.
 */
export async function removeUser(
  dependencies: Pick<AdministrationDependencies, 'apiKeys' | 'emit' | 'hooks' | 'revokedSessions' | 'storage'>,
  { user, asking, client, now }: RemoveUser,
): Promise<{ readonly outcome: 'deleted' | 'unknown' | 'stale' | 'sessionEnded' }> {
  const { id: userId } = user
  const about = { at: new Date(now).toISOString(), userId, ...client }
  await runBeforeHook(dependencies, 'beforeUserDelete', { user, client, now })
  const deletion = await dependencies.storage.users.delete({ userId, now, ...(asking === null ? {} : { asking }) })
  if (deletion.outcome !== 'deleted') return deletion
  dependencies.revokedSessions.add(deletion.revokedSessionIds)
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
