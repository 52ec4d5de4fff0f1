import { admitWithin } from './admit-within.js'
import { counterKey } from './counter-key.js'
import type { LimitCounters } from './limit-counters.js'
import type { Verdict } from './verdict.js'

export interface NoticeLimits {
  /** Admits one message about repeated refreshes per session and day. Always applies, because an attacker can repeat a refresh at any rate. */
  repeatNotice(sessionId: string): Promise<Verdict>
  /** Admits one message about copies per passkey and day, for the same reason. */
  copyNotice(passkeyId: string): Promise<Verdict>
}

const oneADay = { maximum: 1, windowSeconds: 24 * 60 * 60 } as const

export function createNoticeLimits(counters: LimitCounters): NoticeLimits {
  return {
    repeatNotice: sessionId => admitWithin(counters, counterKey('repeat_notices', sessionId), oneADay),
    copyNotice: passkeyId => admitWithin(counters, counterKey('copy_notices', passkeyId), oneADay),
  }
}
