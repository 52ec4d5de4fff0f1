import { hashingTurn } from './hash-limits.js'
import type { LimitCounters } from './limit-counters.js'
import type { Limits } from './limits.js'
import { createNoticeLimits } from './notice-limits.js'
import { admitted } from './verdict.js'

/** Used if the application has its own limits of requests. Messages that fast-auth sends on its own stay limited, by these counters. */
export function createNoLimits(counters: LimitCounters): Limits {
  return {
    signIn: (_guess, check) => check(),
    password: (_guess, check) => check(),
    secondFactor: (_guess, check) => check(),
    mail: async () => ({ isAdmitted: true, delayMilliseconds: 0 }),
    hash: async origin => ({ turn: hashingTurn(origin), takeBack: admitted.takeBack }),
    apiKeyFailure: () => {},
    ...createNoticeLimits(counters),
  }
}
