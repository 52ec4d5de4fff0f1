import { OneTimeTokenInvalidError } from '../errors/index.js'
import { runAfterHook } from './call-hook.js'
import type { DependenciesWithEmail } from './dependencies.js'
import { hashOfOwnToken, type PresentedTokenWithPassword } from './hash-of-own-token.js'

/**
 * Confirms the address that a token was mailed to, if the client also knows the account's password. Creates no session.
 * @throws {OneTimeTokenInvalidError} @throws {InvalidCredentialsError} The password is wrong; the token stays valid.
 * @throws {TooManyRequestsError} @throws {HashingBusyError}
 */
export async function confirmEmail(
  dependencies: DependenciesWithEmail,
  presented: PresentedTokenWithPassword,
): Promise<void> {
  const { client, now } = presented
  const hash = await hashOfOwnToken(dependencies, presented, 'confirmEmail')
  const confirmation = await dependencies.storage.oneTimeTokens.confirmEmail({ hash, now })
  if (confirmation.outcome === 'invalid') throw new OneTimeTokenInvalidError()
  const about = { at: new Date(now).toISOString(), userId: confirmation.user.id, sessionId: null, ...client }
  dependencies.emit({ name: 'user_updated', reason: 'email_confirmed', ...about })
  await runAfterHook(dependencies, 'afterEmailConfirm', {
    user: confirmation.user,
    reason: 'email_confirmed',
    client,
    now,
  })
}
