import { OneTimeTokenInvalidError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import { runAfterHook } from '../../hooks/call-hook.js'
import type { DependenciesWithEmail } from '../dependencies.js'
import { sessionsEnded } from '../sessions/sessions-ended.js'
import { consumeOwnToken, type PresentedTokenWithPassword } from './consume-own-token.js'

/**
 * Changes the user's address to the one that the token was mailed to, if the client also knows the account's password. Ends
 * every session except the one that requested the change.
 * @throws {OneTimeTokenInvalidError} also if another user has taken the address meanwhile.
 * @throws {InvalidCredentialsError} The password is wrong, or was changed meanwhile; the token stays valid.
 * @throws {TooManyRequestsError} @throws {HashingBusyError}
 */
export async function confirmEmailChange(
  dependencies: Pick<
    DependenciesWithEmail,
    'forgetApiKeys' | 'emit' | 'hooks' | 'limits' | 'passwords' | 'revokedSessions' | 'storage'
  >,
  presented: PresentedTokenWithPassword,
): Promise<void> {
  const { client, now } = presented
  const change = await consumeOwnToken(dependencies, presented, 'changeEmail', request =>
    dependencies.storage.oneTimeTokens.changeEmail(request),
  )
  if (change.outcome !== 'changed') throw new OneTimeTokenInvalidError()
  const { user, revokedSessionIds } = change
  const context = eventContext({ userId: user.id, sessionId: null, client, now })
  dependencies.emit({ name: 'user_updated', reason: 'email_changed', ...context })
  const about = { reason: 'email_changed', client, now } as const
  await sessionsEnded(dependencies, {
    revokedSessionIds,
    userId: user.id,
    ...about,
    otherHooks: () => runAfterHook(dependencies, 'afterEmailConfirm', { user, ...about }),
  })
}
