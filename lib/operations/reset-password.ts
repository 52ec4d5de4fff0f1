import { OneTimeTokenInvalidError } from '../errors/index.js'
import type { UserRecord } from '../storage/storage.js'
import { runAfterHook, runSessionEndHook } from './call-hook.js'
import type { PresentedToken } from './consume-own-token.js'
import type { DependenciesWithEmail } from './dependencies.js'
import { presentedHash } from './mailed-token.js'
import { refuseWeakPassword } from './refuse-weak-password.js'

export interface ResetPassword extends PresentedToken {
  readonly password: string
}

/**
 * Sets a new password with a mailed token. Ends every session in the same step, and creates none. Deletes the API keys if the
 * token confirms the address for the first time: they may belong to a stranger who signed up with it. A password that breaks a
 * rule does not consume the token.
 * @throws {OneTimeTokenInvalidError} @throws {PasswordTooWeakError} @throws {HashingBusyError}
 */
export async function resetPassword(
  dependencies: Pick<
    DependenciesWithEmail,
    | 'apiKeys'
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
  dependencies.revokedSessions.add(reset.revokedSessionIds)
  dependencies.apiKeys.verified.forget(reset.deletedApiKeyIds)
  mail.notifyDelivery()
  const about = { at: new Date(now).toISOString(), userId, ...client }
  dependencies.emit({ name: 'authn_password_change', sessionId: null, reason: 'password_reset', ...about })
  for (const sessionId of reset.revokedSessionIds) {
    dependencies.emit({ name: 'authn_token_revoked', sessionId, reason: 'password_reset', ...about })
  }
  for (const apiKeyId of reset.deletedApiKeyIds) {
    dependencies.emit({ name: 'authn_token_revoked', sessionId: null, apiKeyId, reason: 'password_reset', ...about })
  }
  const hookInput = { reason: 'password_reset', client, now } as const
  await runAfterHook(dependencies, 'afterPasswordChange', { user: reset.user, ...hookInput })
  const isProvenNow = found.user.emailConfirmedAt === null && reset.user.emailConfirmedAt === now
  if (isProvenNow) await runAfterHook(dependencies, 'afterEmailConfirm', { user: reset.user, ...hookInput })
  await runSessionEndHook(dependencies, reset.revokedSessionIds, { userId, ...hookInput })
  return reset.user
}
