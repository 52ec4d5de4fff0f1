import type { LimitName } from '../events/auth-event.js'
import type { Instant } from '../storage/storage.js'
import { admitSlowly, type DelayKeys, type DelayRule, forgetAttempts } from './admit-slowly.js'
import { admitWithin, type WindowRule } from './admit-within.js'
import { counterKey } from './counter-key.js'
import type { LimitCounters } from './limit-counters.js'
import type { MemoryCounters } from './memory-counters.js'
import { networkOf } from './network-of.js'
import type { Asker, Refuse } from './refusals.js'
import type { Verdict } from './verdict.js'

export interface LimitRules {
  readonly guesses: DelayRule
  readonly failuresOfNetwork: WindowRule
  readonly failuresOfAccount: WindowRule
  readonly apiKeyFailures: WindowRule
  readonly mailToAddress: WindowRule
  readonly mailOfAccount: WindowRule
  readonly mailOfNetwork: WindowRule
  readonly mailInAll: WindowRule
}

/** A device on which this user has signed in before. */
export interface KnownDevice {
  readonly userId: string
  readonly deviceId: string
  /** When the user last signed in there. */
  readonly issuedAt: Instant
}

export interface SignInGuess {
  /** What was typed, in its canonical form, and of which sort it is. */
  readonly account: string
  /** `null`: none that this account was ever signed in on. */
  readonly device: KnownDevice | null
  readonly client: Asker
}

export interface PasswordGuess {
  readonly userId: string
  readonly client: Asker
}

export interface Mail {
  /** Canonical. Whether there is an account, the limits don't know. */
  readonly email: string
  /** Whoever is signed in and causes it. */
  readonly userId: string | null
  readonly client: Asker
}

interface Checked {
  readonly isRight: boolean
}

export interface Limits {
  /**
   * Checks a password that somebody signs in with, if as many have not been wrong. It is counted before it is checked; a
   * right one is taken back then, and so is one that could not be checked.
   * @throws {TooManyRequestsError} Nothing was checked. @throws what `check` throws.
   */
  signIn<Answer extends Checked>(guess: SignInGuess, check: () => Promise<Answer>): Promise<Answer>

  /** The same for whoever is signed in and asked for the password again. */
  password(guess: PasswordGuess, check: () => Promise<boolean>): Promise<boolean>

  /** Counts a message that is about to be written. @throws {TooManyRequestsError} */
  mail(mail: Mail): Promise<void>

  /** Counts an API key that is not good. @throws {TooManyRequestsError} in the place of the refusal of the key. */
  apiKeyFailure(client: Asker): void
}

export interface LimitsSettings {
  readonly rules: LimitRules
  readonly counters: LimitCounters
  /** Of this process. */
  readonly local: MemoryCounters
  readonly refuse: Refuse
}

interface Step {
  readonly limit: LimitName
  readonly key: string
  admit(): Promise<Verdict>
}

interface About {
  readonly userId: string | null
  readonly client: Asker
}

/** Where no address of the network is known, the limits of networks don't apply: all would be one. */
const nowhere = 'nowhere'

function delayKeys(kind: string, ...parts: readonly string[]): DelayKeys {
  return {
    attempts: counterKey(kind, ...parts),
    gate: counterKey(`${kind}_gate`, ...parts),
    level: counterKey(`${kind}_level`, ...parts),
  }
}

export function createLimits({ rules, counters, local, refuse }: LimitsSettings): Limits {
  function within(limit: LimitName, rule: WindowRule, ...parts: readonly string[]): Step {
    const key = counterKey(limit, ...parts)
    return { limit, key, admit: () => admitWithin(counters, key, rule) }
  }

  function slowly(limit: LimitName, keys: DelayKeys): Step {
    return { limit, key: keys.gate, admit: () => admitSlowly(counters, keys, rules.guesses) }
  }

  /** All of the steps, or none: what a later one refuses is taken back from the earlier. @throws {TooManyRequestsError} */
  async function pass(steps: readonly Step[], { userId, client: asker }: About): Promise<() => Promise<void>> {
    const passed: (Verdict & { readonly isAdmitted: true })[] = []
    const takeBack = async () => void (await Promise.all(passed.map(verdict => verdict.takeBack())))
    for (const { limit, key, admit } of steps) {
      const verdict = await admit()
      if (verdict.isAdmitted) passed.push(verdict)
      else {
        await takeBack()
        throw refuse({ limit, key, waitMilliseconds: verdict.waitMilliseconds, userId, asker })
      }
    }
    return takeBack
  }

  async function guard<Answer>(
    steps: readonly Step[],
    about: About,
    { check, isRight, keys }: { check(): Promise<Answer>; isRight(answer: Answer): boolean; keys: DelayKeys },
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
      await forgetAttempts(counters, keys)
    }
    return answer
  }

  function ofDevice({ userId, deviceId }: KnownDevice) {
    const keys = delayKeys('sign_ins_of_device', userId, deviceId)
    return { keys, steps: [slowly('sign_ins_of_device', keys)] }
  }

  /** From the nearest to the widest: what a network is refused costs the account nothing. */
  function ofStranger({ account, client: { ip } }: SignInGuess) {
    const network = networkOf(ip)
    const keys = delayKeys('sign_ins', account, network ?? nowhere)
    const ofNetwork = network === null ? [] : [within('sign_ins_of_network', rules.failuresOfNetwork, network)]
    const ofAccount = within('sign_ins_of_account', rules.failuresOfAccount, account)
    return { keys, steps: [slowly('sign_ins', keys), ...ofNetwork, ofAccount] }
  }

  return {
    signIn(guess, check) {
      const { device, client } = guess
      const { keys, steps } = device === null ? ofStranger(guess) : ofDevice(device)
      const userId = device?.userId ?? null
      return guard(steps, { userId, client }, { check, isRight: answer => answer.isRight, keys })
    },

    password({ userId, client }, check) {
      const keys = delayKeys('password_checks', userId)
      const steps = [slowly('password_checks', keys)]
      return guard(steps, { userId, client }, { check, isRight: answer => answer, keys })
    },

    async mail({ email, userId, client }) {
      const network = networkOf(client.ip)
      const ofAccount = userId === null ? [] : [within('mail_of_account', rules.mailOfAccount, userId)]
      const toAddress = within('mail_to_address', rules.mailToAddress, email)
      const ofNetwork = network === null ? [] : [within('mail_of_network', rules.mailOfNetwork, network)]
      const inAll = within('mail_in_all', rules.mailInAll)
      await pass([...ofAccount, toAddress, ...ofNetwork, inAll], { userId, client })
    },

    apiKeyFailure(client) {
      const network = networkOf(client.ip)
      const { maximum, windowSeconds } = rules.apiKeyFailures
      if (maximum === 0 || network === null) return
      const key = counterKey('api_keys', network)
      const { consumedPoints, msBeforeNext: waitMilliseconds } = local.add(key, 1, windowSeconds)
      if (consumedPoints > maximum)
        throw refuse({ limit: 'api_keys', key, waitMilliseconds, userId: null, asker: client })
    },
  }
}
