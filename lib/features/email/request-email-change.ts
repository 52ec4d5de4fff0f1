import { InvalidCredentialsError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import type { Proven } from '../../http/guard.js'
import type { EpochMilliseconds, PasswordHash, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { DependenciesWithEmail } from '../dependencies.js'
import { proveRecently } from '../passwords/prove-recently.js'
import { whilePasswordStands } from '../passwords/while-password-stands.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import { acceptedEmail } from './accepted-email.js'
import { mailedToken } from './mailed-token.js'
import type { OneTimeTokenIssue } from './port.js'

export interface RequestEmailChange {
  readonly userId: string
  readonly sessionId: string
  readonly email: string
  /** `undefined`: the session itself must be recent. */
  readonly password?: string | undefined
  readonly proven: Proven
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

interface ChangeOfAddress extends Pick<RequestEmailChange, 'email' | 'sessionId' | 'now'> {
  readonly currentHash: PasswordHash | null
}

/**
 * If another user has the new address, mails a notice to that user and sends the token to no address. The token is stored
 * all the same: if an earlier link of this user stayed valid, that would reveal that the address is taken.
 */
async function mailMessages(
  { storage, email: mail }: Pick<DependenciesWithEmail, 'email' | 'storage'>,
  user: UserRecord,
  { email, sessionId, currentHash, now }: ChangeOfAddress,
): Promise<OneTimeTokenIssue> {
  const notice = mail.messageWriter.write({ kind: 'emailChangeRequested', to: user.email }, { userId: user.id, now })
  const { token, message } = mailedToken(mail, { purpose: 'changeEmail', userId: user.id, email, sessionId, now })
  const owner = await storage.users.findByEmail({ email })
  const messageToNewAddress =
    owner === null
      ? message
      : mail.messageWriter.write({ kind: 'addressTaken', to: owner.email }, { userId: owner.id, now })
  const unchanged = currentHash === null ? {} : { currentHash }
  return storage.oneTimeTokens.issue({ token, ...unchanged, messages: [messageToNewAddress, notice] })
}

/**
 * Mails a link to the new address, and a notice to the present one. Nothing changes until the link is confirmed.
 * @throws {InvalidCredentialsError} The password is wrong, or was changed concurrently. @throws the errors of `proveRecently`
 * @throws {SessionRevokedError} @throws {HashingBusyError} @throws {TooManyRequestsError}
 */
export async function requestEmailChange(
  dependencies: Pick<
    DependenciesWithEmail,
    'email' | 'emit' | 'limits' | 'passwords' | 'proofSources' | 'revokedSessions' | 'storage'
  >,
  { userId, sessionId, email: typed, password, proven, client, now }: RequestEmailChange,
): Promise<void> {
  const email = acceptedEmail(typed)
  const shown = await proveRecently(dependencies, { userId, sessionId, password, proven, client, now })
  await dependencies.limits.mail({ purpose: 'changeEmail', email, userId, client })
  const { outcome } = await whilePasswordStands(dependencies, shown, (owner, currentHash) =>
    mailMessages(dependencies, owner, { email, sessionId, currentHash, now }),
  )
  const context = eventContext({ userId, sessionId, client, now })
  if (outcome === 'stale') {
    dependencies.emit({ name: 'authn_login_fail', reason: 'password_changed_meanwhile', ...context })
    throw new InvalidCredentialsError()
  }
  if (outcome !== 'issued') throw endOfAskingSession(dependencies, sessionId)
  dependencies.email.notifyDelivery()
  dependencies.emit({ name: 'user_updated', reason: 'email_change_requested', ...context })
}
