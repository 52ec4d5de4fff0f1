import type { RequestOrigin } from '../telemetry/request-origin.js'
import type { WindowRule } from './admit-within.js'
import { counterKey } from './counter-key.js'
import type { LimitCounters } from './limit-counters.js'
import { networksOf } from './network-of.js'
import type { Refuse } from './refusals.js'
import type { About, Pass, Step, Within } from './steps.js'

/** The purpose of a message. An address has a count for each. */
export type MailPurpose =
  | 'signUp'
  | 'confirmEmail'
  | 'resetPassword'
  | 'changeEmail'
  | 'signIn'
  | 'linkIdentity'
  | 'invitation'

export interface MailRules {
  /** `windowSeconds` is at most the lifetime of the link: the last link that was sent outlives the window. */
  readonly mailToAddress: Readonly<Record<MailPurpose, WindowRule>>
  readonly mailOfAccount: WindowRule
  readonly mailOfOrganization: WindowRule
  readonly mailOfNetwork: WindowRule
  readonly mailInAll: WindowRule
}

export interface Mail {
  readonly purpose: MailPurpose
  /** Canonical. The limits do not know whether an account has it. */
  readonly email: string
  /** The signed-in user who causes the message, or `null` if there is none. */
  readonly userId: string | null
  /** The organisation that an invitation is for: it has a limit, and the user has the same limit for all invitations. */
  readonly organizationId?: string
  readonly client: RequestOrigin
}

/** What the caller must do with the message. */
export type MailAdmission =
  | {
      readonly isAdmitted: true
      /** Delay before the message is sent. 0, except for password resets above the total. */
      readonly delayMilliseconds: number
    }
  /** The address has had all its messages of this purpose. Write nothing, so that the last link stays valid, and answer as if it were written. */
  | { readonly isAdmitted: false }

export interface MailLimits {
  /**
   * Counts a message before it is written.
   * @throws {TooManyRequestsError} The user, the organisation, the network or all users together have caused too many; or the address was
   * the target of too many address changes or invitations.
   */
  mail(mail: Mail): Promise<MailAdmission>
}

export interface MailLimitsSettings {
  readonly rules: MailRules
  readonly counters: LimitCounters
  readonly refuse: Refuse
  readonly within: Within
  readonly pass: Pass
}

/** A network of any width may cause at most this part of all messages. */
const shareOfNetwork = 1 / 4

export function createMailLimits({ rules, counters, refuse, within, pass }: MailLimitsSettings): MailLimits {
  const { mailToAddress, mailOfAccount, mailOfOrganization, mailOfNetwork, mailInAll } = rules
  const share = mailInAll.maximum === 0 ? Infinity : Math.max(1, Math.floor(mailInAll.maximum * shareOfNetwork))

  function ofNetworks({ ip }: RequestOrigin): Step[] {
    return networksOf(ip).map(({ name, factor }) => {
      const maximum = Math.min(mailOfNetwork.maximum * factor, share)
      return within('mail_of_network', { ...mailOfNetwork, maximum }, name)
    })
  }

  /** Above the total a message waits until the hour is over, and then for its turn at the rate of the total. */
  async function delayInAll(about: About): Promise<number> {
    const { maximum, windowSeconds } = mailInAll
    if (maximum === 0) return 0
    const key = counterKey('mail_in_all')
    const { consumedPoints, msBeforeNext } = await counters.penalty(key, 1, { customDuration: windowSeconds })
    if (consumedPoints <= maximum) return 0
    refuse({ limit: 'mail_in_all', key, waitMilliseconds: msBeforeNext, userId: null, requestOrigin: about.client })
    const windowMilliseconds = windowSeconds * 1000
    const turn = ((consumedPoints - maximum) * windowMilliseconds) / maximum
    return Math.round(msBeforeNext + Math.min(turn, windowMilliseconds))
  }

  /**
   * A user may invite more people than they may cause messages of other purposes: as many as an organisation, in all organisations
   * together. Otherwise one user with many organisations could use up the messages of all users.
   */
  function senderSteps(userId: string | null, organizationId: string | undefined): Step[] {
    if (userId === null) return []
    if (organizationId === undefined) return [within('mail_of_account', mailOfAccount, userId)]
    return [
      within('mail_of_organization', mailOfOrganization, organizationId),
      within('mail_of_account', mailOfOrganization, 'invitation', userId),
    ]
  }

  return {
    async mail({ purpose, email, userId, organizationId, client }) {
      const about = { userId, client }
      const ofSender = senderSteps(userId, organizationId)
      const toAddress = within('mail_to_address', mailToAddress[purpose], purpose, email)
      const inAll = within('mail_in_all', mailInAll)
      const steps = [...ofSender, ...ofNetworks(client)]
      if (purpose === 'changeEmail' || purpose === 'invitation') {
        await pass([...steps, toAddress, inAll], about)
        return { isAdmitted: true, delayMilliseconds: 0 }
      }
      const isReset = purpose === 'resetPassword'
      const takeBack = await pass(isReset ? steps : [...steps, inAll], about)
      const verdict = await toAddress.admit()
      if (verdict.isAdmitted) return { isAdmitted: true, delayMilliseconds: isReset ? await delayInAll(about) : 0 }
      await takeBack()
      const { limit, key } = toAddress
      refuse({ limit, key, waitMilliseconds: verdict.waitMilliseconds, userId, requestOrigin: client })
      return { isAdmitted: false }
    },
  }
}
