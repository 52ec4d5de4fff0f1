import { OneTimeTokenInvalidError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import { runAfterHook } from '../../hooks/call-hook.js'
import type { DependenciesWithEmail } from '../dependencies.js'
import { consumeOwnToken, type PresentedTokenWithPassword } from './consume-own-token.js'

/**
 * Confirms the address that a token was mailed to, if the client also knows the account's password. Creates no session.
 * @throws {OneTimeTokenInvalidError} @throws {InvalidCredentialsError} The password is wrong, or was changed meanwhile; the token stays valid.
 * @throws {TooManyRequestsError} @throws {HashingBusyError}
 */
export async function confirmEmail(
  dependencies: Pick<DependenciesWithEmail, 'emit' | 'hooks' | 'limits' | 'passwords' | 'storage'>,
  presented: PresentedTokenWithPassword,
): Promise<void> {
  const { client, now } = presented
  const confirmation = await consumeOwnToken(dependencies, presented, 'confirmEmail', request =>
    dependencies.storage.oneTimeTokens.confirmEmail(request),
  )
  if (confirmation.outcome !== 'confirmed') throw new OneTimeTokenInvalidError()
  const context = eventContext({ userId: confirmation.user.id, sessionId: null, client, now })
  dependencies.emit({ name: 'user_updated', reason: 'email_confirmed', ...context })
  await runAfterHook(dependencies, 'afterEmailConfirm', {
    user: confirmation.user,
    reason: 'email_confirmed',
    client,
    now,
  })
}
