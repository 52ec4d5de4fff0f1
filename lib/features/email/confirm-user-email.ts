import { eventContext } from '../../events/event-context.js'
import { runAfterHook } from '../../hooks/call-hook.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import { noRequestOrigin } from '../../telemetry/request-origin.js'
import { type LoadedUser, withoutPasswordHash } from '../../tokens/loaded-user.js'
import type { AdministrationDependencies } from '../dependencies.js'
import { acceptedEmail } from './accepted-email.js'

export interface ConfirmUserEmail {
  readonly userId: string
  /** The address that is known to be theirs. If they have changed it meanwhile, the new address is not confirmed. */
  readonly email: string
  readonly now: EpochMilliseconds
}

/** The outcome of `app.fastAuth.confirmUserEmail`. */
export type UserEmailConfirmation =
  | { readonly outcome: 'confirmed'; readonly user: LoadedUser }
  /** There is no such user, or their address is another one. */
  | { readonly outcome: 'unknownUser' }

/**
 * Confirms an address on the caller's authority. If it was confirmed already, no event is emitted and no hook is called.
 * @throws {ValidationError} The address is invalid.
 */
export async function confirmUserEmail(
  dependencies: Pick<AdministrationDependencies, 'emit' | 'hooks' | 'storage'>,
  { userId, email, now }: ConfirmUserEmail,
): Promise<UserEmailConfirmation> {
  const marking = await dependencies.storage.users.markEmailConfirmed({ userId, email: acceptedEmail(email), now })
  if (marking.outcome === 'unknown') return { outcome: 'unknownUser' }
  const user = withoutPasswordHash(marking.user)
  if (user.emailConfirmedAt === now) {
    const context = eventContext({ userId, sessionId: null, client: noRequestOrigin, now })
    dependencies.emit({ name: 'user_updated', reason: 'email_confirmed', ...context })
    await runAfterHook(dependencies, 'afterEmailConfirm', {
      user,
      reason: 'email_confirmed',
      client: noRequestOrigin,
      now,
    })
  }
  return { outcome: 'confirmed', user }
}
