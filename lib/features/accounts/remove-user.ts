import { eventContext } from '../../events/event-context.js'
import { runAfterHook, runBeforeHook } from '../../hooks/call-hook.js'
import type { AskingSessionWithPassword } from '../../storage/asking-session.js'
import type { EpochMilliseconds, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { AdministrationDependencies } from '../dependencies.js'
import { sessionsEnded } from '../sessions/sessions-ended.js'
import type { UserDeletion } from './port.js'

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
 * changed: the user does not exist (`unknown`), is the only owner of an organisation (`lastOwner`), or the state that the request
 * was based on has changed.
 * @throws {InternalError} The hook `beforeUserDelete` threw or took too long: nothing is deleted.
 */
export async function removeUser(
  dependencies: Pick<AdministrationDependencies, 'forgetApiKeys' | 'emit' | 'hooks' | 'revokedSessions' | 'storage'>,
  { user, asking, client, now }: RemoveUser,
): Promise<Exclude<UserDeletion, { readonly outcome: 'deleted' }> | { readonly outcome: 'deleted' }> {
  const { id: userId } = user
  await runBeforeHook(dependencies, 'beforeUserDelete', { user, client, now })
  const deletion = await dependencies.storage.users.delete({ userId, now, ...(asking === null ? {} : { asking }) })
  if (deletion.outcome !== 'deleted') return deletion
  const context = eventContext({ userId, sessionId: asking?.sessionId ?? null, client, now })
  dependencies.emit({ name: 'user_deleted', ...context })
  const { revokedSessionIds, deletedApiKeyIds = [] } = deletion
  await sessionsEnded(dependencies, {
    revokedSessionIds,
    deletedApiKeyIds,
    userId,
    reason: 'user_deleted',
    client,
    now,
    otherHooks: () => runAfterHook(dependencies, 'afterUserDelete', { user, client, now }),
  })
  return { outcome: 'deleted' }
}
