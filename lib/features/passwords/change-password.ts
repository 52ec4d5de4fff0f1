import { EmailNotConfirmedError, InvalidCredentialsError } from '../../errors/index.js'
import type { LoginFailReason } from '../../events/auth-event.js'
import { eventContext } from '../../events/event-context.js'
import { runAfterHook } from '../../hooks/call-hook.js'
import type { Proven } from '../../http/guard.js'
import type { EpochMilliseconds, PasswordHash, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import type { Dependencies } from '../dependencies.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import { computeClaims, currentClaims } from '../sessions/extra-claims.js'
import { issueTokens } from '../sessions/issue-tokens.js'
import { sessionsEnded } from '../sessions/sessions-ended.js'
import { proveRecently } from './prove-recently.js'
import { refuseWeakPassword } from './refuse-weak-password.js'
import { whilePasswordStands } from './while-password-stands.js'

export interface ChangePassword {
  readonly userId: string
  /** The requesting session, which continues. */
  readonly sessionId: string
  /** `undefined`: the session itself must be recent. */
  readonly currentPassword?: string | undefined
  readonly proven: Proven
  readonly newPassword: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** In one step: stores the new hash, advances this session, ends all others, and writes the notice to the owner. */
async function attempt(
  {
    storage,
    passwords,
    sessionLifetimes,
    email,
  }: Pick<Dependencies, 'email' | 'passwords' | 'sessionLifetimes' | 'storage'>,
  { id: userId, email: to }: UserRecord,
  currentHash: PasswordHash | null,
  { sessionId, newPassword, client, now }: ChangePassword,
) {
  const newHash = await passwords.hash(newPassword, { client, knownUserId: userId })
  const idleExpiresAt = sessionLifetimes.idleExpiresAt(now)
  const messages = email === null ? [] : [email.messageWriter.write({ kind: 'passwordChanged', to }, { userId, now })]
  const change = { userId, currentHash, newHash, sessionId, idleExpiresAt, now, messages }
  return storage.users.changePassword(change)
}

/**
 * Sets a new password if the client knows the present one, or has proven recently who the user is. This session continues with new tokens; all others end in the same
 * step. An older token that is presented for a refresh ends the session, even within the grace time. An older access token of
 * this session stays valid until it expires, unless `revokePreviousAccessToken` is on, which ends it in this process.
 * @throws {InvalidCredentialsError} The present password is wrong, or was changed concurrently. @throws the errors of `proveRecently`
 * @throws {PasswordTooWeakError} @throws {EmailNotConfirmedError} both only after a right password.
 * @throws {SessionRevokedError} @throws {HashingBusyError} @throws {TooManyRequestsError}
 */
export async function changePassword(
  dependencies: Pick<
    Dependencies,
    | 'accessTokens'
    | 'breachedPasswords'
    | 'forgetApiKeys'
    | 'claimsHook'
    | 'email'
    | 'emit'
    | 'hasOrganizations'
    | 'hasRefreshTokens'
    | 'hooks'
    | 'limits'
    | 'passwordPolicy'
    | 'passwords'
    | 'proofSources'
    | 'refreshTokens'
    | 'revokedSessions'
    | 'revokesPreviousAccessToken'
    | 'hasReauthentication'
    | 'sessionLifetimes'
    | 'storage'
  >,
  request: ChangePassword,
): Promise<IssuedTokens> {
  const { userId, sessionId, currentPassword, newPassword, proven, client, now } = request
  const context = eventContext({ userId, sessionId, client, now })
  const refused = (reason: LoginFailReason) => {
    dependencies.emit({ name: 'authn_login_fail', reason, ...context })
    return reason === 'email_not_confirmed' ? new EmailNotConfirmedError() : new InvalidCredentialsError()
  }

  const proving = { userId, sessionId, password: currentPassword, proven, client, now }
  const shown = await proveRecently(dependencies, proving)
  const { user } = shown
  if (dependencies.email?.requireConfirmation === true && user.emailConfirmedAt === null)
    throw refused('email_not_confirmed')
  await refuseWeakPassword(dependencies, { password: newPassword, owner: user, userId, sessionId, client, now })

  const claims = await computeClaims(dependencies, user, { sessionId, now })
  const change = await whilePasswordStands(dependencies, shown, (owner, hash) =>
    attempt(dependencies, owner, hash, request),
  )
  if (change.outcome === 'stale') throw refused('password_changed_meanwhile')
  if (change.outcome === 'sessionEnded') throw endOfAskingSession(dependencies, sessionId)
  if (dependencies.revokesPreviousAccessToken)
    dependencies.revokedSessions.addGeneration(sessionId, change.session.generation - 1)
  dependencies.email?.notifyDelivery()
  dependencies.emit({ name: 'authn_password_change', reason: 'password_changed', ...context })
  const about = { reason: 'password_changed', client, now } as const
  await sessionsEnded(dependencies, {
    revokedSessionIds: change.revokedSessionIds,
    userId,
    ...about,
    otherHooks: () => runAfterHook(dependencies, 'afterPasswordChange', { user: change.user, ...about }),
  })
  const current = await currentClaims(dependencies, claims, change)
  return issueTokens(dependencies, { user: change.user, session: change.session, extraClaims: current }, now)
}
