import { SecondFactorInvalidError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import type { GuessingDevice } from '../../limits/device-steps.js'
import type { EpochMilliseconds, SignInMethod, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'
import { proofField } from '../proof-source.js'
import type { Proof } from '../sessions/port.js'

/** The second factor that a client gives. */
export interface GivenSecondFactor {
  readonly field: 'code' | 'recoveryCode'
  readonly value: string
}

export interface SecondFactorAttempt extends GivenSecondFactor {
  readonly user: UserRecord
  /** The session that proves who its user is; `null` at a sign-in. */
  readonly sessionId: string | null
  /** The known device of this user that the request comes from, or `null`. */
  readonly device: GuessingDevice | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** A verified proof and its method. */
export interface VerifiedProof {
  readonly proof: Proof
  readonly method: SignInMethod
}

/**
 * Verifies a second factor, unless too many guesses were wrong, and carries out the step that uses it up. A code that is wrong,
 * was used before, or is used concurrently gets one answer, and counts as a wrong guess.
 * @param use carries out the step; answers `spent` if the storage found the proof used
 * @throws {SecondFactorInvalidError} @throws {TooManyRequestsError} @throws the errors of `use`
 */
export async function withSecondFactor<Answer extends object>(
  dependencies: Pick<Dependencies, 'emit' | 'limits' | 'proofSources'>,
  { field, value, user, sessionId, device, client, now }: SecondFactorAttempt,
  use: (verified: VerifiedProof) => Promise<Answer | 'spent'>,
): Promise<Answer> {
  const { method, prove } = proofField(dependencies, field)
  const guess = { userId: user.id, field, sessionId, device, client }
  const checked = await dependencies.limits.secondFactor(guess, async () => {
    const proof = await prove(value, { user, now })
    if (typeof proof === 'string') return { isRight: false, reason: proof } as const
    const answer = await use({ proof, method })
    return answer === 'spent'
      ? ({ isRight: false, reason: 'wrong_second_factor' } as const)
      : ({ isRight: true, answer } as const)
  })
  if (checked.isRight) return checked.answer
  const context = eventContext({ userId: user.id, sessionId, client, now })
  dependencies.emit({ name: 'authn_login_fail', reason: checked.reason, ...context })
  throw new SecondFactorInvalidError()
}
