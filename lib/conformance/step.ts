import type { Storage } from '../composition/storage.js'
import type { OptionalFeature } from './optional-features.js'

/** A prepared call that writes, and can be repeated with the same request. */
export interface Step {
  /** Makes the call. Resolves with the outcome, or with `done` if the method has none. */
  attempt(storage: Storage): Promise<string>
  /** The answer to the first call. */
  readonly first: string
  /** Allowed answers once the call has taken effect; `rejected` if it may also reject. */
  readonly again: readonly string[]
  /** Returns the visible effect. Called once, at the end. */
  observe(storage: Storage): Promise<unknown>
  /** The expected observation after a single effect. */
  readonly effect: unknown
}

/** Prepares the records for a method's step. */
export interface StepOf {
  /** `sessions.rotate` */
  readonly method: string
  /** The step is skipped if the storage lacks one of these features. */
  readonly features?: readonly OptionalFeature[]
  prepare(storage: Storage): Promise<Step>
}

/** For methods whose answer has no outcome. */
export async function done(answer: Promise<unknown>): Promise<string> {
  await answer
  return 'done'
}

/** Returns the outcome of the answer. */
export async function outcomeOf(answer: Promise<{ readonly outcome: string }>): Promise<string> {
  return (await answer).outcome
}
