import { OneTimeTokenInvalidError } from '../errors/index.js'
import { runAfterHook, runSessionEndHook } from './call-hook.js'
import { consumeOwnToken, type PresentedTokenWithPassword } from './consume-own-token.js'
import type { DependenciesWithEmail } from './dependencies.js'

/**
 * Changes the user's address to the one that the token was mailed to, if the client also knows the account's password. Ends
 * every session except the one that requested the change.
 * @throws {OneTimeTokenInvalidError} also if another user has taken the address meanwhile.
 * @throws {InvalidCredentialsError} The password is wrong, or was changed meanwhile; the token stays valid.
 * @throws {TooManyRequestsError} @throws {HashingBusyError}
 */
export async function confirmEmailChange(
  dependencies: Pick<DependenciesWithEmail, 'emit' | 'hooks' | 'limits' | 'passwords' | 'revokedSessions' | 'storage'>,
  presented: PresentedTokenWithPassword,
): Promise<void> {
  const { client, now } = presented
  const change = await consumeOwnToken(dependencies, presented, 'changeEmail', request =>
    dependencies.storage.oneTimeTokens.changeEmail(request),
  )
  if (change.outcome !== 'changed') throw new OneTimeTokenInvalidError()
  dependencies.revokedSessions.add(change.revokedSessionIds)
  const about = { at: new Date(now).toISOString(), userId: change.user.id, ...client }
  dependencies.emit({ name: 'user_updated', sessionId: null, reason: 'email_changed', ...about })
  for (const sessionId of change.revokedSessionIds) {
    dependencies.emit({ name: 'authn_token_revoked', sessionId, reason: 'email_changed', ...about })
  }
  const hookInput = { reason: 'email_changed', client, now } as const
  await runAfterHook(dependencies, 'afterEmailConfirm', { user: change.user, ...hookInput })
  await runSessionEndHook(dependencies, change.revokedSessionIds, { userId: change.user.id, ...hookInput })
}
