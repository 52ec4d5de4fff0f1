import { SignInExpiredError } from '../../errors/index.js'
import type { EpochMilliseconds, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { DeviceToken } from '../../tokens/device-token.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import type { ReadPendingSignIn } from '../../tokens/sign-in-token.js'
import type { Dependencies } from '../dependencies.js'
import type { Proof } from '../sessions/port.js'
import { completeSignIn, type SignInDependencies } from './complete-sign-in.js'
import { firstProofOf } from './first-factor.js'
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
 * Completes a sign-in with a second factor. The first factor with which it began must still hold, also in the step that creates
 * the session.
 * @throws {SignInExpiredError} The user is deleted, or the first or second factor has changed since.
 * @throws {SecondFactorInvalidError} @throws {TooManyRequestsError} @throws the errors of `completeSignIn`
 */
export async function addSecondFactor(
  dependencies: SignInDependencies & Pick<Dependencies, 'limits'>,
  { given, pending, devices, client, now }: AddSecondFactor,
): Promise<IssuedTokens> {
  const user = await dependencies.storage.users.find({ userId: pending.userId })
  const firstProof = user === null ? null : await firstProofOf(dependencies, user, { pending, now })
  if (user === null || firstProof === null) throw new SignInExpiredError()
  const owner: UserRecord = user
  const first: Proof = firstProof

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
