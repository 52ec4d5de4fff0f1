import { InvalidCredentialsError, OneTimeTokenInvalidError } from '../../errors/index.js'
import type { LoginFailReason } from '../../events/auth-event.js'
import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds, OneTimeTokenPurpose } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { DependenciesWithEmail } from '../dependencies.js'
import { whilePasswordStands } from '../passwords/while-password-stands.js'
import { presentedHash } from './mailed-token.js'
import type { ConsumeWithPassword } from './port.js'

export interface PresentedToken {
  readonly token: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

export interface PresentedTokenWithPassword extends PresentedToken {
  /** The present password of the account that the token belongs to. */
  readonly password: string
}

/**
 * Consumes a live token if the password is that of its account. The token alone proves access to the mailbox; the password
 * proves that the same person owns the account. Otherwise a click by the mailbox owner would confirm an account that an
 * attacker created with their address and knows the password of. The verified hash is a condition of the step that consumes
 * the token. A wrong password does not consume it, nor does a password that was changed meanwhile.
 * @throws {OneTimeTokenInvalidError} @throws {InvalidCredentialsError} @throws {TooManyRequestsError} @throws {HashingBusyError}
 */
export async function consumeOwnToken<Answer extends { readonly outcome: string }>(
  dependencies: Pick<DependenciesWithEmail, 'emit' | 'limits' | 'passwords' | 'storage'>,
  { token, password, client, now }: PresentedTokenWithPassword,
  purpose: OneTimeTokenPurpose,
  consume: (request: ConsumeWithPassword) => Promise<Answer>,
): Promise<Answer> {
  const { storage, limits, passwords, emit } = dependencies
  const hash = presentedHash(token)
  const found = await storage.oneTimeTokens.find({ hash, purpose, now })
  if (found === null) throw new OneTimeTokenInvalidError()
  const { user } = found
  const { id: userId, passwordHash } = user
  const refused = (reason: LoginFailReason) => {
    emit({ name: 'authn_login_fail', reason, ...eventContext({ userId, sessionId: null, client, now }) })
    return new InvalidCredentialsError()
  }
  const check = () => passwords.verify(password, passwordHash, { client, knownUserId: userId })
  const isRight = await limits.password({ userId, askedBy: hash, client }, check)
  if (!isRight || passwordHash === null) throw refused('wrong_password')
  const shown = { user, password, verifiedHash: passwordHash, client }
  const answer = await whilePasswordStands(dependencies, shown, (_owner, currentHash) =>
    consume({ hash, currentHash, now }),
  )
  if (answer.outcome === 'stale') throw refused('password_changed_meanwhile')
  return answer
}
