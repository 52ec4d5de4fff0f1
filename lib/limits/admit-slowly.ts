import { counterKey } from './counter-key.js'
import type { LimitCounters } from './limit-counters.js'
import { admitted, type Verdict } from './verdict.js'

export interface DelayRule {
  /** Number of attempts before the first wait. 0: there is no limit. */
  readonly freeAttempts: number
  /** Each further wait is twice as long. */
  readonly firstDelaySeconds: number
  readonly maximumDelaySeconds: number
  /** How long after its first attempt a counter ends. */
  readonly forgetAfterSeconds: number
}

/** The names of the three counters. */
export interface DelayKeys {
  readonly attempts: string
  /** Open if it is 0. An attempt that passes closes it for the wait. */
  readonly gate: string
  /** How many attempts have passed the gate. */
  readonly level: string
}

/** Returns the names of the counters of one guesser. */
export function delayKeys(kind: string, ...parts: readonly string[]): DelayKeys {
  return {
    attempts: counterKey(kind, ...parts),
    gate: counterKey(`${kind}_gate`, ...parts),
    level: counterKey(`${kind}_level`, ...parts),
  }
}

function delaySeconds({ firstDelaySeconds, maximumDelaySeconds }: DelayRule, level: number): number {
  return Math.min(firstDelaySeconds * 2 ** level, maximumDelaySeconds)
}

/**
 * Admits some attempts immediately, and then one at a time, with growing waits. Of any number of concurrent attempts, at any
 * number of processes, one passes the gate. Refused attempts are not counted, so they do not extend the wait.
 */
export async function admitSlowly(counters: LimitCounters, keys: DelayKeys, rule: DelayRule): Promise<Verdict> {
  if (rule.freeAttempts === 0) return admitted
  const life = { customDuration: rule.forgetAfterSeconds }
  const { consumedPoints } = await counters.penalty(keys.attempts, 1, life)
  const takeBack = () => counters.reward(keys.attempts, 1, life)
  if (consumedPoints < rule.freeAttempts) return { isAdmitted: true, takeBack }
  const level = await counters.get(keys.level)
  const wait = { customDuration: delaySeconds(rule, level?.consumedPoints ?? 0) }
  const gate = await counters.penalty(keys.gate, 1, wait)
  if (gate.consumedPoints === 1) {
    await counters.penalty(keys.level, 1, life)
    return { isAdmitted: true, takeBack }
  }
  await takeBack()
  return { isAdmitted: false, waitMilliseconds: gate.msBeforeNext }
}

/** Resets the counters after a success. */
export async function forgetAttempts(counters: LimitCounters, keys: DelayKeys): Promise<void> {
  await Promise.all(Object.values(keys).map(key => counters.delete(key)))
}
