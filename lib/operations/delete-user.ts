import type { Instant } from '../storage/storage.js'
import { noClient } from './client.js'
import { removeUser } from './remove-user.js'
import type { AdministrationRooms } from './rooms.js'

export type UserDeletion = { readonly outcome: 'deleted' | 'unknownUser' }

/**
 * Deletes a user with everything of theirs, as `deleteMe` does, but without the password.
 * @throws {InternalError} The hook `beforeUserDelete` threw or was late: nothing is deleted.
 */
export async function deleteUser(
  rooms: AdministrationRooms,
  { userId, now }: { readonly userId: string; readonly now: Instant },
): Promise<UserDeletion> {
  const user = await rooms.storage.users.find({ userId })
  if (user === null) return { outcome: 'unknownUser' }
  const { outcome } = await removeUser(rooms, { user, asking: null, client: noClient, now })
  return { outcome: outcome === 'deleted' ? 'deleted' : 'unknownUser' }
}
