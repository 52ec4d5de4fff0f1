import type { LimitName } from '../events/auth-event.js'
import { admitSlowly, type DelayKeys, type DelayRule, forgetAttempts } from './admit-slowly.js'
import type { LimitCounters } from './limit-counters.js'
import type { About, Pass, Step } from './steps.js'

/** A guess that is checked after it has passed its limits. */
export interface Guess<Answer> {
  check(): Promise<Answer>
  isRight(answer: Answer): boolean
  /** Resets the counts of the client after a right guess. */
  forget(): Promise<unknown>
}

/** The parts that all limits of guesses have in common. */
export interface Guessing {
  /** Creates the step with growing waits. */
  slowly(limit: LimitName, keys: DelayKeys): Step
  forgetting(keys: DelayKeys): () => Promise<void>
  /**
   * Counts the guess in all steps before it is checked, and takes it back if it is right or the check throws.
   * @throws {TooManyRequestsError} Nothing was checked. @throws the errors of `check`.
   */
  guard<Answer>(steps: readonly Step[], about: About, guess: Guess<Answer>): Promise<Answer>
}

export interface GuessingSettings {
  readonly rules: { readonly guesses: DelayRule }
  readonly counters: LimitCounters
  readonly pass: Pass
}

export function createGuessing({ rules, counters, pass }: GuessingSettings): Guessing {
  return {
    slowly: (limit, keys) => ({ limit, key: keys.gate, admit: () => admitSlowly(counters, keys, rules.guesses) }),
    forgetting: keys => () => forgetAttempts(counters, keys),

    async guard(steps, about, { check, isRight, forget }) {
      const takeBack = await pass(steps, about)
      try {
        const answer = await check()
        if (!isRight(answer)) return answer
        await takeBack()
        await forget()
        return answer
      } catch (error) {
        await takeBack()
        throw error
      }
    },
  }
}
