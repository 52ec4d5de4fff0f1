import { OneTimeTokenInvalidError } from '../errors/index.js'
import { tellHook, tellSessionsEnded } from './call-hook.js'
import type { PresentedToken } from './hash-of-own-token.js'
import { presentedHash } from './mailed-token.js'
import { refuseWeakPassword } from './refuse-weak-password.js'
import type { RoomsWithEmail } from './rooms.js'

export interface ResetPassword extends PresentedToken {
  readonly password: string
}

/**
 * Sets a new password with a mailed token. Every session ends, in the same step, and nobody is signed in. API
 * keys go where the token proves the address for the first time: they are whoever's who typed it in. A password that
 * breaks a rule does not cost the token.
 * @throws {OneTimeTokenInvalidError} @throws {PasswordTooWeakError} @throws {HashingBusyError}
 */
export async function resetPassword(
  rooms: RoomsWithEmail,
  { token, password, client, now }: ResetPassword,
): Promise<void> {
  const { storage, email: mail } = rooms
  const hash = presentedHash(token)
  const found = await storage.oneTimeTokens.find({ hash, purpose: 'resetPassword', now })
  if (found === null) throw new OneTimeTokenInvalidError()
  const userId = found.user.id
  await refuseWeakPassword(rooms, { password, owner: found.user, userId, sessionId: null, client, now })

  const newHash = await rooms.passwords.hash(password)
  const notice = mail.letters.write({ kind: 'passwordChanged', to: found.user.email }, { userId, now })
  const reset = await storage.oneTimeTokens.resetPassword({ hash, newHash, now, messages: [notice] })
  if (reset.outcome === 'invalid') throw new OneTimeTokenInvalidError()
  rooms.revokedSessions.add(reset.revokedSessionIds, now)
  rooms.apiKeys.verified.forget(reset.deletedApiKeyIds)
  mail.wakeDelivery()
  const about = { at: new Date(now).toISOString(), userId, ...client }
  rooms.emit({ name: 'authn_password_change', sessionId: null, reason: 'password_reset', ...about })
  for (const sessionId of reset.revokedSessionIds) {
    rooms.emit({ name: 'authn_token_revoked', sessionId, reason: 'password_reset', ...about })
  }
  for (const apiKeyId of reset.deletedApiKeyIds) {
    rooms.emit({ name: 'authn_token_revoked', sessionId: null, apiKeyId, reason: 'password_reset', ...about })
  }
  const moment = { reason: 'password_reset', client, now } as const
  await tellHook(rooms, 'afterPasswordChange', { user: reset.user, ...moment })
  const isProvenNow = found.user.emailConfirmedAt === null && reset.user.emailConfirmedAt === now
  if (isProvenNow) await tellHook(rooms, 'afterEmailConfirm', { user: reset.user, ...moment })
  await tellSessionsEnded(rooms, reset.revokedSessionIds, { userId, ...moment })
}
