import { InvalidCredentialsError, OneTimeTokenInvalidError } from '../errors/index.js'
import type { EpochMilliseconds, OneTimeTokenHash, OneTimeTokenPurpose } from '../storage/storage.js'
import type { DependenciesWithEmail, RequestOrigin } from './dependencies.js'
import { presentedHash } from './mailed-token.js'

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
 * Returns the hash of a live token if the password is that of its account. The token alone proves access to the mailbox; the
 * password proves that the same person owns the account. Otherwise a click by the mailbox owner would confirm an account that
 * a stranger created with their address and knows the password of. A wrong password does not consume the token.
 * @throws {OneTimeTokenInvalidError} @throws {InvalidCredentialsError} @throws {TooManyRequestsError} @throws {HashingBusyError}
 */
export async function hashOfOwnToken(
  { storage, limits, passwords, emit }: DependenciesWithEmail,
  { token, password, client, now }: PresentedTokenWithPassword,
  purpose: OneTimeTokenPurpose,
): Promise<OneTimeTokenHash> {
  const hash = presentedHash(token)
  const found = await storage.oneTimeTokens.find({ hash, purpose, now })
  if (found === null) throw new OneTimeTokenInvalidError()
  const { id: userId, passwordHash } = found.user
  const check = () => passwords.verify(password, passwordHash)
  if (await limits.password({ userId, askedBy: hash, client }, check)) return hash
  const about = { at: new Date(now).toISOString(), userId, sessionId: null, ...client }
  emit({ name: 'authn_login_fail', reason: 'wrong_password', ...about })
  throw new InvalidCredentialsError()
}
