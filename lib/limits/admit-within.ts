import type { LimitCounters } from './limit-counters.js'
import { admitted, type Verdict } from './verdict.js'

export interface WindowRule {
  /** 0: there is no limit. */
  readonly maximum: number
  readonly windowSeconds: number
}

/** Admits a maximum per window, which begins with the first attempt. Refused attempts are not counted. */
export async function admitWithin(
  counters: LimitCounters,
  key: string,
  { maximum, windowSeconds }: WindowRule,
): Promise<Verdict> {
  if (maximum === 0) return admitted
  const life = { customDuration: windowSeconds }
  const { consumedPoints, msBeforeNext } = await counters.penalty(key, 1, life)
  const takeBack = () => counters.reward(key, 1, life)
  if (consumedPoints <= maximum) return { isAdmitted: true, takeBack }
  await takeBack()
  return { isAdmitted: false, waitMilliseconds: msBeforeNext }
}
