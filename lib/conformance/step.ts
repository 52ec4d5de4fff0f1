import type { Storage } from '../storage/storage.js'

/** A call that writes, ready to be made, and made again with the same request. */
export interface Step {
  /** Answers with the outcome, or with `done` where the method tells none. */
  attempt(storage: Storage): Promise<string>
  /** The answer to the first call. */
  readonly first: string
  /** What the call may be answered with after it has had its effect; `rejected` where it may also reject. */
  readonly again: readonly string[]
  /** What anybody can see of the effect. Asked once, at the end. */
  observe(storage: Storage): Promise<unknown>
  /** What is observed when the call has had its effect once. */
  readonly effect: unknown
}

/** How to set the scene for a method's step. */
export interface StepOf {
  /** `sessions.rotate` */
  readonly method: string
  prepare(storage: Storage): Promise<Step>
}

/** For methods whose answer is no outcome. */
export async function done(answer: Promise<unknown>): Promise<string> {
  await answer
  return 'done'
}

/** The outcome of the answer. */
export async function outcomeOf(answer: Promise<{ readonly outcome: string }>): Promise<string> {
  return (await answer).outcome
}
