import type { LimitCounters } from './limit-counters.js'
import { admitted, type Verdict } from './verdict.js'

export interface DelayRule {
  /** Behind so many the first wait comes. 0: there is no limit. */
  readonly freeAttempts: number
  /** Each further one is twice as long. */
  readonly firstDelaySeconds: number
  readonly maximumDelaySeconds: number
  /** A counter ends so long after its first attempt. */
  readonly forgetAfterSeconds: number
}

/** The names of the three counters. */
export interface DelayKeys {
  readonly attempts: string
  /** Open where it is 0. Whoever goes through shuts it for the wait. */
  readonly gate: string
  /** How many have gone through the gate. */
  readonly level: string
}

function delaySeconds({ firstDelaySeconds, maximumDelaySeconds }: DelayRule, level: number): number {
  return Math.min(firstDelaySeconds * 2 ** level, maximumDelaySeconds)
}

/**
 * Some attempts at once, and then one at a time, with waits that grow. However many come at once, and to however many
 * processes, one gets through the gate; those who don't are not counted, so that they make nobody wait longer.
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

/** After a success: as if there had never been an attempt. */
export async function forgetAttempts(counters: LimitCounters, keys: DelayKeys): Promise<void> {
  await Promise.all(Object.values(keys).map(key => counters.delete(key)))
}
