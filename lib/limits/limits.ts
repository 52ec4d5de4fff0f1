import type { RequestOrigin } from '../telemetry/request-origin.js'
import { type DelayRule, delayKeys } from './admit-slowly.js'
import type { WindowRule } from './admit-within.js'
import { counterKey } from './counter-key.js'
import { createDeviceSteps, type GuessingDevice } from './device-steps.js'
import { createGuessing } from './guessing.js'
import { createHashLimits, type HashLimits, type HashRules } from './hash-limits.js'
import type { LimitCounters } from './limit-counters.js'
import { createMailLimits, type MailLimits, type MailRules } from './mail-limits.js'
import type { MemoryCounters } from './memory-counters.js'
import { networkOf, networksOf } from './network-of.js'
import { createNoticeLimits, type NoticeLimits } from './notice-limits.js'
import type { Refuse } from './refusals.js'
import { createSecondFactorLimits, type SecondFactorLimits } from './second-factor-limits.js'
import { createPass, createWithin } from './steps.js'

export interface LimitRules extends MailRules, HashRules {
  readonly guesses: DelayRule
  readonly failuresOfNetwork: WindowRule
  readonly failuresOfAccount: WindowRule
  readonly apiKeyFailures: WindowRule
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

export interface Limits extends MailLimits, HashLimits, NoticeLimits, SecondFactorLimits {
  /**
   * Checks the password of a sign-in, unless too many were wrong. The attempt is counted before the check; it is subtracted
   * again if the password is right or could not be checked.
   * @throws {TooManyRequestsError} Nothing was checked. @throws the errors of `check`.
   */
  signIn<Answer extends { readonly isRight: boolean }>(
    guess: SignInGuess,
    check: () => Promise<Answer>,
  ): Promise<Answer>

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

/** All sessions of a user together have as many wrong passwords per hour as this many sessions. */
const sessionsWorthOfChecks = 4

export function createLimits({ rules, counters, local, refuse }: LimitsSettings): Limits {
  const pass = createPass(refuse)
  const within = createWithin(counters)

  const { slowly, forgetting, guard } = createGuessing({ rules, counters, pass })
  const ofDevice = createDeviceSteps({ rules, counters, within, slowly, forgetting })

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
      const { steps, forget } = device === null ? ofStranger(guess) : await ofDevice('sign_ins', device)
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

    ...createSecondFactorLimits({ slowly, forgetting, guard, ofDevice }),
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
