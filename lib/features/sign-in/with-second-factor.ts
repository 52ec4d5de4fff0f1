import { SecondFactorInvalidError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import type { GuessingDevice } from '../../limits/device-steps.js'
import type { EpochMilliseconds, SignInMethod, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { Dependencies } from '../dependencies.js'
import { type FoundProof, type ProofContext, type ProofValue, proofField } from '../proof-source.js'

/** The second factor that a client gives. */
export type GivenSecondFactor = ProofValue

export interface SecondFactorAttempt {
  readonly given: GivenSecondFactor
  readonly user: UserRecord
  /** The session that proves who its user is; `null` at a sign-in. */
  readonly sessionId: string | null
  /** The known device of this user that the request comes from, or `null`. */
  readonly device: GuessingDevice | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** A verified proof and its method. */
export interface VerifiedProof extends FoundProof {
  readonly method: SignInMethod
}

/** Verifies the value of a field. The name and the type of the value belong together, which the compiler cannot see. */
async function proveField(
  dependencies: Pick<Dependencies, 'proofSources'>,
  { field, value }: GivenSecondFactor,
  context: ProofContext,
) {
  const { method, prove } = proofField(dependencies, field)
  return { method, found: await prove(value as never, context) }
}

/**
 * Verifies a second factor, unless too many guesses were wrong, and carries out the step that uses it up. A code that is wrong,
 * was used before, or is used concurrently gets one answer, and counts as a wrong guess.
 * @param use carries out the step; answers `spent` if the storage found the proof used
 * @throws {SecondFactorInvalidError} @throws {TooManyRequestsError} @throws the errors of `use`
 */
export async function withSecondFactor<Answer extends object>(
  dependencies: Pick<Dependencies, 'emit' | 'limits' | 'proofSources'>,
  { given, user, sessionId, device, client, now }: SecondFactorAttempt,
  use: (verified: VerifiedProof) => Promise<Answer | 'spent'>,
): Promise<Answer> {
  const guess = { userId: user.id, field: given.field, sessionId, device, client }
  const checked = await dependencies.limits.secondFactor(guess, async () => {
    const { method, found } = await proveField(dependencies, given, { user, client, now })
    if (typeof found === 'string') return { isRight: false, reason: found } as const
    const answer = await use({ ...found, method })
    return answer === 'spent'
      ? ({ isRight: false, reason: 'wrong_second_factor' } as const)
      : ({ isRight: true, answer } as const)
  })
  if (checked.isRight) return checked.answer
  const context = eventContext({ userId: user.id, sessionId, client, now })
  dependencies.emit({ name: 'authn_login_fail', reason: checked.reason, ...context })
  throw new SecondFactorInvalidError()
}
