import { InvalidCredentialsError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import type { EpochMilliseconds, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'
import type { ShownPassword } from './while-password-stands.js'

/** A password that a session sends, to prove again who its user is. */
export interface SentPassword {
  readonly user: UserRecord
  readonly sessionId: string
  readonly password: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Checks the password that a session sends. Each session has its own count of wrong ones.
 * @throws {InvalidCredentialsError} @throws {HashingBusyError} @throws {TooManyRequestsError}
 */
export async function showPassword(
  { emit, limits, passwords }: Pick<Dependencies, 'emit' | 'limits' | 'passwords'>,
  { user, sessionId, password, client, now }: SentPassword,
): Promise<ShownPassword> {
  const { id: userId, passwordHash: verifiedHash } = user
  const check = () => passwords.verify(password, verifiedHash, { client, knownUserId: userId })
  const isRight = await limits.password({ userId, askedBy: sessionId, client }, check)
  if (isRight && verifiedHash !== null) return { user, password, verifiedHash, client }
  const context = eventContext({ userId, sessionId, client, now })
  emit({ name: 'authn_login_fail', reason: 'wrong_password', ...context })
  throw new InvalidCredentialsError()
}
