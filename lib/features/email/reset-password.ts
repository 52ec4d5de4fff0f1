import { OneTimeTokenInvalidError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import { runAfterHook } from '../../hooks/call-hook.js'
import type { UserRecord } from '../../storage/records.js'
import type { DependenciesWithEmail } from '../dependencies.js'
import { refuseWeakPassword } from '../passwords/refuse-weak-password.js'
import { sessionsEnded } from '../sessions/sessions-ended.js'
import type { PresentedToken } from './consume-own-token.js'
import { presentedHash } from './mailed-token.js'

export interface ResetPassword extends PresentedToken {
  readonly password: string
}

/**
 * Sets a new password with a mailed token. Ends every session in the same step, and creates none. Deletes the API keys if the
 * token confirms the address for the first time: they may belong to an attacker who signed up with it. A password that breaks a
 * rule does not consume the token.
 * @throws {OneTimeTokenInvalidError} @throws {PasswordTooWeakError} @throws {HashingBusyError}
 */
export async function resetPassword(
  dependencies: Pick<
    DependenciesWithEmail,
    | 'forgetApiKeys'
    | 'breachedPasswords'
    | 'email'
    | 'emit'
    | 'hooks'
    | 'passwordPolicy'
    | 'passwords'
    | 'revokedSessions'
    | 'storage'
  >,
  { token, password, client, now }: ResetPassword,
): Promise<UserRecord> {
  const { storage, email: mail } = dependencies
  const hash = presentedHash(token)
  const found = await storage.oneTimeTokens.find({ hash, purpose: 'resetPassword', now })
  if (found === null) throw new OneTimeTokenInvalidError()
  const userId = found.user.id
  await refuseWeakPassword(dependencies, { password, owner: found.user, userId, sessionId: null, client, now })

  const newHash = await dependencies.passwords.hash(password, { client, knownUserId: userId })
  const notice = mail.messageWriter.write({ kind: 'passwordChanged', to: found.user.email }, { userId, now })
  const reset = await storage.oneTimeTokens.resetPassword({ hash, newHash, now, messages: [notice] })
  if (reset.outcome === 'invalid') throw new OneTimeTokenInvalidError()
  mail.notifyDelivery()
  const context = eventContext({ userId, sessionId: null, client, now })
  dependencies.emit({ name: 'authn_password_change', reason: 'password_reset', ...context })
  const { revokedSessionIds, deletedApiKeyIds = [] } = reset
  const about = { reason: 'password_reset', client, now } as const
  const isProvenNow = found.user.emailConfirmedAt === null && reset.user.emailConfirmedAt === now
  await sessionsEnded(dependencies, {
    revokedSessionIds,
    deletedApiKeyIds,
    userId,
    ...about,
    async otherHooks() {
      await runAfterHook(dependencies, 'afterPasswordChange', { user: reset.user, ...about })
      if (isProvenNow) await runAfterHook(dependencies, 'afterEmailConfirm', { user: reset.user, ...about })
    },
  })
  return reset.user
}
