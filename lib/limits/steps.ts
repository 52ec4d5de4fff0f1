import type { LimitName } from '../events/auth-event.js'
import type { RequestOrigin } from '../telemetry/request-origin.js'
import { admitWithin, type WindowRule } from './admit-within.js'
import { counterKey } from './counter-key.js'
import type { LimitCounters } from './limit-counters.js'
import type { Refuse } from './refusals.js'
import type { Verdict } from './verdict.js'

/** One limit that a request has to pass. */
export interface Step {
  readonly limit: LimitName
  readonly key: string
  admit(): Promise<Verdict>
}

/** Creates the step of a window limit. `parts` name the counter. */
export type Within = (limit: LimitName, rule: WindowRule, ...parts: readonly string[]) => Step

export function createWithin(counters: LimitCounters): Within {
  return (limit, rule, ...parts) => {
    const key = counterKey(limit, ...parts)
    return { limit, key, admit: () => admitWithin(counters, key, rule) }
  }
}

/** The data of the request for events. */
export interface About {
  readonly userId: string | null
  readonly client: RequestOrigin
}

/**
 * Passes all steps or none: if a later step refuses, the earlier ones are taken back. Resolves to a function that takes all
 * of them back.
 * @throws {TooManyRequestsError}
 */
export type Pass = (steps: readonly Step[], about: About) => Promise<() => Promise<void>>

export function createPass(refuse: Refuse): Pass {
  return async (steps, { userId, client: requestOrigin }) => {
    const passed: (Verdict & { readonly isAdmitted: true })[] = []
    const takeBack = async () => void (await Promise.all(passed.map(verdict => verdict.takeBack())))
    for (const { limit, key, admit } of steps) {
      const verdict = await admit()
      if (verdict.isAdmitted) passed.push(verdict)
      else {
        await takeBack()
        throw refuse({ limit, key, waitMilliseconds: verdict.waitMilliseconds, userId, requestOrigin })
      }
    }
    return takeBack
  }
}
