import type { RequestOrigin } from '../telemetry/request-origin.js'
import { delayKeys } from './admit-slowly.js'
import type { DeviceGuess, DeviceSteps, GuessingDevice } from './device-steps.js'
import type { Guessing } from './guessing.js'
import { networkOf } from './network-of.js'

/** A guess of a second factor. */
export interface SecondFactorGuess {
  readonly userId: string
  /** `code`: one in a million, so guesses are slow for all clients together. The others cannot be guessed. */
  readonly field: 'code' | 'recoveryCode' | 'credential'
  /** The id of the session that proves who its user is; `null` at a sign-in. A stolen session does not block the others. */
  readonly sessionId: string | null
  /** `null`: the user has never signed in on the device. */
  readonly device: GuessingDevice | null
  readonly client: RequestOrigin
}

export interface SecondFactorLimits {
  /**
   * Checks a second factor, unless too many guesses were wrong. A client that guesses knows the password or has a session, so
   * guesses are counted by user, with growing waits; a known device, a session, recovery codes and passkeys have their own counts. A user
   * is never locked.
   * @throws {TooManyRequestsError} Nothing was checked. @throws the errors of `check`.
   */
  secondFactor<Answer extends { readonly isRight: boolean }>(
    guess: SecondFactorGuess,
    check: () => Promise<Answer>,
  ): Promise<Answer>
}

export interface SecondFactorLimitsSettings extends Guessing {
  ofDevice(kind: DeviceGuess, device: GuessingDevice): Promise<DeviceSteps>
}

export function createSecondFactorLimits(settings: SecondFactorLimitsSettings): SecondFactorLimits {
  const { slowly, forgetting, guard, ofDevice } = settings

  /** The same waits for the guesses of one kind by one client or group of clients. */
  function alike(limit: 'second_factors' | 'second_factor_checks' | 'recovery_codes' | 'passkeys', ...parts: string[]) {
    const keys = delayKeys(limit, ...parts)
    return { steps: [slowly(limit, keys)], forget: forgetting(keys) }
  }

  function stepsOf({
    userId,
    field,
    sessionId,
    device,
    client,
  }: SecondFactorGuess): Promise<DeviceSteps> | DeviceSteps {
    if (sessionId !== null) return alike('second_factor_checks', userId, sessionId)
    if (device !== null) return ofDevice('second_factors', device)
    if (field === 'code') return alike('second_factors', userId)
    return alike(field === 'credential' ? 'passkeys' : 'recovery_codes', userId, networkOf(client.ip))
  }

  return {
    async secondFactor(guess, check) {
      const { userId, client } = guess
      const { steps, forget } = await stepsOf(guess)
      return guard(steps, { userId, client }, { check, isRight: answer => answer.isRight, forget })
    },
  }
}
