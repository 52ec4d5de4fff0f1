import type { EpochMilliseconds } from '../storage/storage.js'
import { type LoadedUser, withoutPasswordHash } from '../tokens/loaded-user.js'
import { acceptedEmail } from './accepted-email.js'
import { runAfterHook } from './call-hook.js'
import type { AdministrationDependencies } from './dependencies.js'
import { noRequestOrigin } from './request-origin.js'

export interface ConfirmUserEmail {
  readonly userId: string
  /** The address that is known to be theirs: another one, that they have changed to meanwhile, is not meant. */
  readonly email: string
  readonly now: EpochMilliseconds
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
  dependencies: AdministrationDependencies,
  { userId, email, now }: ConfirmUserEmail,
): Promise<UserEmailConfirmation> {
  const marking = await dependencies.storage.users.markEmailConfirmed({ userId, email: acceptedEmail(email), now })
  if (marking.outcome === 'unknown') return { outcome: 'unknownUser' }
  const user = withoutPasswordHash(marking.user)
  if (user.emailConfirmedAt === now) {
    const about = { at: new Date(now).toISOString(), userId, sessionId: null, ...noRequestOrigin }
    dependencies.emit({ name: 'user_updated', reason: 'email_confirmed', ...about })
    await runAfterHook(dependencies, 'afterEmailConfirm', {
      user,
      reason: 'email_confirmed',
      client: noRequestOrigin,
      now,
    })
  }
  return { outcome: 'confirmed', user }
}
