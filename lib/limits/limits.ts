import type { LimitName } from '../events/auth-event.js'
import type { RequestOrigin } from '../telemetry/request-origin.js'
import { admitSlowly, type DelayKeys, type DelayRule, forgetAttempts } from './admit-slowly.js'
import type { WindowRule } from './admit-within.js'
import { counterKey } from './counter-key.js'
import { takeDevicePlace } from './device-places.js'
import { createHashLimits, type HashLimits, type HashRules } from './hash-limits.js'
import type { LimitCounters } from './limit-counters.js'
import { createMailLimits, type MailLimits, type MailRules } from './mail-limits.js'
import type { MemoryCounters } from './memory-counters.js'
import { networkOf, networksOf } from './network-of.js'
import { createNoticeLimits, type NoticeLimits } from './notice-limits.js'
import type { Refuse } from './refusals.js'
import { type About, createPass, createWithin, type Step } from './steps.js'

export interface LimitRules extends MailRules, HashRules {
  readonly guesses: DelayRule
  readonly failuresOfNetwork: WindowRule
  readonly failuresOfAccount: WindowRule
  readonly apiKeyFailures: WindowRule
}

/** A device on which this user has signed in before. */
export interface GuessingDevice {
  readonly userId: string
  /** `null`: it has no count of its own. */
  readonly deviceId: string | null
}

export interface SignInGuess {
  /** The typed identifier in canonical form, and its kind. */
  readonly account: string
  /** `null`: this account has never signed in on the device. */
  readonly device: GuessingDevice | null
  readonly client: RequestOrigin
}

export interface PasswordGuess {
  readonly userId: string
  /** The id of the session, or the hash of the mailed token, that sends the password. Each has its own count: a stolen session does not block the others. */
  readonly askedBy: string
  readonly client: RequestOrigin
}

interface Checked {
  readonly isRight: boolean
}

export interface Limits extends MailLimits, HashLimits, NoticeLimits {
  /**
   * Checks the password of a sign-in, unless too many were wrong. The attempt is counted before the check; it is subtracted
   * again if the password is right or could not be checked.
   * @throws {TooManyRequestsError} Nothing was checked. @throws the errors of `check`.
   */
  signIn<Answer extends Checked>(guess: SignInGuess, check: () => Promise<Answer>): Promise<Answer>

  /** Checks, in the same way, the password that a session or mailed token requires. */
  password(guess: PasswordGuess, check: () => Promise<boolean>): Promise<boolean>

  /** Counts an invalid API key. @throws {TooManyRequestsError} instead of the refusal of the key. */
  apiKeyFailure(client: RequestOrigin): void
}

export interface LimitsSettings {
  readonly rules: LimitRules
  readonly counters: LimitCounters
  /** The counters of this process. */
  readonly local: MemoryCounters
  readonly refuse: Refuse
}

/** All known devices of an account together have this many times the wrong passwords per hour of all unknown ones. */
const ceilingOfDevices = 3

/** All sessions of a user together have as many wrong passwords per hour as this many sessions. */
const sessionsWorthOfChecks = 4

function delayKeys(kind: string, ...parts: readonly string[]): DelayKeys {
  return {
    attempts: counterKey(kind, ...parts),
    gate: counterKey(`${kind}_gate`, ...parts),
    level: counterKey(`${kind}_level`, ...parts),
  }
}

export function createLimits({ rules, counters, local, refuse }: LimitsSettings): Limits {
  const pass = createPass(refuse)
  const within = createWithin(counters)

  function slowly(limit: LimitName, keys: DelayKeys): Step {
    return { limit, key: keys.gate, admit: () => admitSlowly(counters, keys, rules.guesses) }
  }

  const forgetting = (keys: DelayKeys) => () => forgetAttempts(counters, keys)

  async function guard<Answer>(
    steps: readonly Step[],
    about: About,
    {
      check,
      isRight,
      forget,
    }: { check(): Promise<Answer>; isRight(answer: Answer): boolean; forget(): Promise<unknown> },
  ): Promise<Answer> {
    const takeBack = await pass(steps, about)
    let answer: Answer
    try {
      answer = await check()
    } catch (error) {
      await takeBack()
      throw error
    }
    if (isRight(answer)) {
      await takeBack()
      await forget()
    }
    return answer
  }

  async function ofDevice({ userId, deviceId }: GuessingDevice) {
    const { maximum, windowSeconds } = rules.failuresOfAccount
    const ofAll = within('sign_ins_of_devices', { maximum: maximum * ceilingOfDevices, windowSeconds }, userId)
    const shared = delayKeys('sign_ins_of_device', userId)
    if (deviceId === null) return { steps: [slowly('sign_ins_of_device', shared), ofAll], forget: forgetting(shared) }
    const place = await takeDevicePlace(counters, { userId, deviceId }, rules.guesses.forgetAfterSeconds)
    const keys = place.isOwn ? delayKeys('sign_ins_of_device', userId, deviceId) : shared
    const admit = async () => ({ isAdmitted: true, takeBack: place.takeBack }) as const
    return {
      steps: [
        { limit: 'sign_ins_of_device', key: keys.gate, admit },
        slowly('sign_ins_of_device', keys),
        ofAll,
      ] as const,
      forget: () => Promise.all([forgetAttempts(counters, keys), place.free()]),
    }
  }

  /** From the narrowest to the widest: attempts that a network limit refuses do not count against the account. */
  function ofStranger({ account, client: { ip } }: SignInGuess) {
    const keys = delayKeys('sign_ins', account, networkOf(ip))
    const ofNetworks = networksOf(ip).map(({ name, factor }) => {
      const { maximum, windowSeconds } = rules.failuresOfNetwork
      return within('sign_ins_of_network', { maximum: maximum * factor, windowSeconds }, name)
    })
    const ofAccount = within('sign_ins_of_account', rules.failuresOfAccount, account)
    return { steps: [slowly('sign_ins', keys), ...ofNetworks, ofAccount], forget: forgetting(keys) }
  }

  return {
    async signIn(guess, check) {
      const { device, client } = guess
      const { steps, forget } = device === null ? ofStranger(guess) : await ofDevice(device)
      const userId = device?.userId ?? null
      return guard(steps, { userId, client }, { check, isRight: answer => answer.isRight, forget })
    },

    password({ userId, askedBy, client }, check) {
      const keys = delayKeys('password_checks', userId, askedBy)
      const ofOne = rules.failuresOfAccount
      const ofAll = { ...ofOne, maximum: ofOne.maximum * sessionsWorthOfChecks }
      const steps = [
        slowly('password_checks', keys),
        within('password_checks', ofOne, 'hourly', userId, askedBy),
        within('password_checks_of_user', ofAll, userId),
      ]
      return guard(steps, { userId, client }, { check, isRight: answer => answer, forget: forgetting(keys) })
    },

    ...createMailLimits({ rules, counters, refuse, within, pass }),
    ...createHashLimits(rules, { within, pass }),
    ...createNoticeLimits(counters),

    apiKeyFailure(client) {
      const network = networkOf(client.ip)
      const { maximum, windowSeconds } = rules.apiKeyFailures
      if (maximum === 0) return
      const key = counterKey('api_keys', network)
      const { consumedPoints, msBeforeNext: waitMilliseconds } = local.add(key, 1, windowSeconds)
      if (consumedPoints > maximum)
        throw refuse({ limit: 'api_keys', key, waitMilliseconds, userId: null, requestOrigin: client })
    },
  }
}
