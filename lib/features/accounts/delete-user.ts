import type { EpochMilliseconds } from '../../storage/records.js'
import { noRequestOrigin } from '../../telemetry/request-origin.js'
import type { AdministrationDependencies } from '../dependencies.js'
import { removeUser } from './remove-user.js'

/** The outcome of `app.fastAuth.deleteUser`. */
export type UserDeletion =
  | { readonly outcome: 'deleted' | 'unknownUser' }
  /** The user is the only owner of these organisations. Nothing is deleted. */
  | { readonly outcome: 'lastOwner'; readonly organizationIds: readonly string[] }

/**
 * Deletes a user with all their data, as `deleteMe` does, but without the password.
 * @throws {InternalError} The hook `beforeUserDelete` threw or took too long: nothing is deleted.
 */
export async function deleteUser(
  dependencies: Pick<AdministrationDependencies, 'forgetApiKeys' | 'emit' | 'hooks' | 'revokedSessions' | 'storage'>,
  { userId, now }: { readonly userId: string; readonly now: EpochMilliseconds },
): Promise<UserDeletion> {
  const user = await dependencies.storage.users.find({ userId })
  if (user === null) return { outcome: 'unknownUser' }
  const deletion = await removeUser(dependencies, { user, asking: null, client: noRequestOrigin, now })
  if (deletion.outcome === 'lastOwner') return deletion
  return { outcome: deletion.outcome === 'deleted' ? 'deleted' : 'unknownUser' }
}
