import { RecentSignInRequiredError, SecondFactorRequiredError } from '../../errors/index.js'
import type { Proven } from '../../http/guard.js'
import type { EpochMilliseconds } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'
import { secondFactorsOf } from '../proof-source.js'
import { userOfCredential } from '../sessions/user-of-credential.js'
import { showPassword } from './show-password.js'
import type { ShownPassword } from './while-password-stands.js'

/** A session that asks for something that needs a recent proof. */
export interface ProveRecently {
  readonly userId: string
  readonly sessionId: string
  /** `undefined`: the session itself must be recent. */
  readonly password: string | undefined
  readonly proven: Proven
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** Maximum age of a proof that replaces the password, in seconds. */
export const recentProofSeconds = 300

/**
 * Checks the password that a session sends. Without one, its last proof must be recent, and as strong as the account allows:
 * with a second factor if the user has one.
 * @throws {InvalidCredentialsError} @throws {RecentSignInRequiredError} @throws {SecondFactorRequiredError}
 * @throws {SessionRevokedError} @throws {HashingBusyError} @throws {TooManyRequestsError}
 */
export async function proveRecently(
  dependencies: Pick<Dependencies, 'emit' | 'limits' | 'passwords' | 'proofSources' | 'storage'>,
  { userId, sessionId, password, proven, client, now }: ProveRecently,
): Promise<ShownPassword> {
  const user = await userOfCredential(dependencies, { userId })
  if (password !== undefined) return showPassword(dependencies, { user, sessionId, password, client, now })
  const age = now - Number(proven.authenticatedAt)
  if (age > recentProofSeconds * 1000) throw new RecentSignInRequiredError()
  if (!proven.hasSecondFactor && (await secondFactorsOf(dependencies, userId)).length > 0)
    throw new SecondFactorRequiredError()
  return { user, password: null, verifiedHash: user.passwordHash, client }
}
