import { SignInExpiredError } from '../../errors/index.js'
import type { EpochMilliseconds, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { DeviceToken } from '../../tokens/device-token.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import type { ReadPendingSignIn } from '../../tokens/sign-in-token.js'
import type { Dependencies } from '../dependencies.js'
import { completeSignIn, type SignInDependencies } from './complete-sign-in.js'
import { ownDevice } from './own-device.js'
import { type GivenSecondFactor, type VerifiedProof, withSecondFactor } from './with-second-factor.js'

export interface AddSecondFactor {
  readonly given: GivenSecondFactor
  /** The sign-in whose token the client sent. */
  readonly pending: ReadPendingSignIn
  /** The known devices that the request names, of any users. */
  readonly devices: readonly DeviceToken[]
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/**
 * Completes a sign-in with a second factor. The password with which it began must still be the user's, also in the step that
 * creates the session.
 * @throws {SignInExpiredError} The user is deleted, or their password or second factor was changed meanwhile.
 * @throws {SecondFactorInvalidError} @throws {TooManyRequestsError} @throws the errors of `completeSignIn`
 */
export async function addSecondFactor(
  dependencies: SignInDependencies & Pick<Dependencies, 'limits'>,
  { given, pending, devices, client, now }: AddSecondFactor,
): Promise<IssuedTokens> {
  const user = await dependencies.storage.users.find({ userId: pending.userId })
  if (user === null || user.passwordHash === null || !pending.hasPassword(user.passwordHash))
    throw new SignInExpiredError()
  const owner: UserRecord = user
  const first = { kind: 'password', hash: user.passwordHash } as const

  async function use({ proof, method, afterStale }: VerifiedProof) {
    const proofs = [first, proof]
    const methods = [...pending.methods, method]
    const completion = await completeSignIn(dependencies, { user: owner, proofs, methods, client, now })
    if (completion.outcome === 'spent') return 'spent'
    if (completion.outcome === 'stale') await afterStale?.()
    if (completion.outcome !== 'signedIn') throw new SignInExpiredError()
    return completion.issued
  }
  const device = ownDevice(devices, user)
  return withSecondFactor(dependencies, { given, user, sessionId: null, device, client, now }, use)
}
