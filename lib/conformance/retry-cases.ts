import type { Storage } from '../composition/storage.js'
import type { ConformanceCase } from './conformance-case.js'
import { expectEqual, expectOneOf } from './contract.js'
import type { Step, StepOf } from './step.js'

/** Repeats the call, like a client that never received the answer. */
export async function attemptAgain(
  { attempt, again }: Step,
  storage: Storage,
  rule: string,
  asked: readonly string[] = again,
): Promise<void> {
  const answer = await attempt(storage).catch(() => 'rejected')
  expectOneOf(answer, asked, rule)
}

function retryCase({ method, features = [], prepare }: StepOf): ConformanceCase {
  return {
    title: `retry: ${method} takes effect once, however often it is retried`,
    features,
    async run({ storage }) {
      const step = await prepare(storage)
      const rule = `A repeated call of ${method} changes nothing more`
      expectEqual(await step.attempt(storage), step.first, `The first call of ${method}`)
      for (const _ of [1, 2]) await attemptAgain(step, storage, rule)
      expectEqual(await step.observe(storage), step.effect, rule)
    },
  }
}

/** Returns cases for completed steps whose answer was lost. */
export function retryCasesOf(steps: readonly StepOf[]): readonly ConformanceCase[] {
  return steps.map(retryCase)
}
