import { InvalidCredentialsError } from '../../errors/index.js'
import type { LoginFailReason } from '../../events/auth-event.js'
import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'
import { whilePasswordStands } from '../passwords/while-password-stands.js'
import { endOfAskingSession } from '../sessions/end-of-asking-session.js'
import { userOfCredential } from '../sessions/user-of-credential.js'
import { removeUser } from './remove-user.js'

export interface DeleteMe {
  readonly userId: string
  /** The requesting session. */
  readonly sessionId: string
  readonly password: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Deletes the account with all its data in one step, if the client knows its password. This process refuses its access tokens
 * and API keys from then on. The address becomes free; a new account with it gets a new id, which no old data refers to.
 * Of several concurrent deletions one succeeds; the others find that the account no longer exists.
 * @throws {InvalidCredentialsError} The password is wrong, or was changed concurrently.
 * @throws {SessionRevokedError} @throws {HashingBusyError} @throws {TooManyRequestsError}
 */
export async function deleteMe(
  dependencies: Pick<
    Dependencies,
    'forgetApiKeys' | 'emit' | 'hooks' | 'limits' | 'passwords' | 'revokedSessions' | 'storage'
  >,
  { userId, sessionId, password, client, now }: DeleteMe,
): Promise<void> {
  const context = eventContext({ userId, sessionId, client, now })
  const refused = (reason: LoginFailReason) => {
    dependencies.emit({ name: 'authn_login_fail', reason, ...context })
    return new InvalidCredentialsError()
  }
  const user = await userOfCredential(dependencies, { userId })
  const { passwordHash } = user
  const check = () => dependencies.passwords.verify(password, passwordHash, { client, knownUserId: userId })
  const isRight = await dependencies.limits.password({ userId, askedBy: sessionId, client }, check)
  if (!isRight || passwordHash === null) throw refused('wrong_password')
  const shown = { user, password, verifiedHash: passwordHash, client }
  const { outcome } = await whilePasswordStands(dependencies, shown, (owner, currentHash) => {
    const asking = { sessionId, currentHash, now }
    return removeUser(dependencies, { user: owner, asking, client, now })
  })
  if (outcome === 'stale') throw refused('password_changed_meanwhile')
  if (outcome !== 'deleted') throw endOfAskingSession(dependencies, sessionId)
}
