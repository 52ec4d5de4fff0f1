import type { Instant } from '../storage/storage.js'
import { type LoadedUser, withoutPasswordHash } from '../tokens/loaded-user.js'
import { acceptedEmail } from './accepted-email.js'
import { tellHook } from './call-hook.js'
import { noClient } from './client.js'
import type { AdministrationRooms } from './rooms.js'

export interface ConfirmUserEmail {
  readonly userId: string
  /** The address that is known to be theirs: another one, that they have changed to meanwhile, is not meant. */
  readonly email: string
  readonly now: Instant
}

export type UserEmailConfirmation =
  | { readonly outcome: 'confirmed'; readonly user: LoadedUser }
  /** There is no such user, or their address is another one. */
  | { readonly outcome: 'unknownUser' }

/**
 * Counts an address as proven on the word of whoever calls. Where it was proven already, nobody is told of anything.
 * @throws {ValidationError} The address is none.
 */
export async function confirmUserEmail(
  rooms: AdministrationRooms,
  { userId, email, now }: ConfirmUserEmail,
): Promise<UserEmailConfirmation> {
  const marking = await rooms.storage.users.markEmailConfirmed({ userId, email: acceptedEmail(email), now })
  if (marking.outcome === 'unknown') return { outcome: 'unknownUser' }
  const user = withoutPasswordHash(marking.user)
  if (user.emailConfirmedAt === now) {
    const about = { at: new Date(now).toISOString(), userId, sessionId: null, ...noClient }
    rooms.emit({ name: 'user_updated', reason: 'email_confirmed', ...about })
    await tellHook(rooms, 'afterEmailConfirm', { user, reason: 'email_confirmed', client: noClient, now })
  }
  return { outcome: 'confirmed', user }
}
