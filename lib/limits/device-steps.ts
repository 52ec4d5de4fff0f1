import { type DelayRule, delayKeys, forgetAttempts } from './admit-slowly.js'
import type { WindowRule } from './admit-within.js'
import { takeDevicePlace } from './device-places.js'
import type { Guessing } from './guessing.js'
import type { LimitCounters } from './limit-counters.js'
import type { Step, Within } from './steps.js'

/** A device on which this user has signed in before. */
export interface GuessingDevice {
  readonly userId: string
  /** `null`: it has no count of its own. */
  readonly deviceId: string | null
}

/** What a known device guesses. Each has counters of its own. */
export type DeviceGuess = 'sign_ins' | 'second_factors'

export interface DeviceSteps {
  readonly steps: readonly Step[]
  forget(): Promise<unknown>
}

export interface DeviceStepsSettings extends Pick<Guessing, 'slowly' | 'forgetting'> {
  readonly rules: { readonly guesses: DelayRule; readonly failuresOfAccount: WindowRule }
  readonly counters: LimitCounters
  readonly within: Within
}

/** All known devices of an account together have this many times the wrong guesses per hour of all unknown ones. */
const ceilingOfDevices = 3

/** Creates the limits of a guess on a known device: attackers on other devices do not use them up. */
export function createDeviceSteps({ rules, counters, within, slowly, forgetting }: DeviceStepsSettings) {
  return async (kind: DeviceGuess, { userId, deviceId }: GuessingDevice): Promise<DeviceSteps> => {
    const limit = `${kind}_of_device` as const
    const { maximum, windowSeconds } = rules.failuresOfAccount
    const ofAll = within(`${kind}_of_devices`, { maximum: maximum * ceilingOfDevices, windowSeconds }, userId)
    const shared = delayKeys(limit, userId)
    if (deviceId === null) return { steps: [slowly(limit, shared), ofAll], forget: forgetting(shared) }
    const place = await takeDevicePlace(counters, { userId, deviceId }, rules.guesses.forgetAfterSeconds)
    const keys = place.isOwn ? delayKeys(limit, userId, deviceId) : shared
    const admit = async () => ({ isAdmitted: true, takeBack: place.takeBack }) as const
    return {
      steps: [{ limit, key: keys.gate, admit }, slowly(limit, keys), ofAll],
      forget: () => Promise.all([forgetAttempts(counters, keys), place.free()]),
    }
  }
}
