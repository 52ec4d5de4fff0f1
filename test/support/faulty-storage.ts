import type { Storage } from '../../lib/storage/storage.js'
import { eachVerb, type Verb } from './each-verb.js'

/** What may happen to a call of a storage verb. */
const faults = {
  none: (verb: Verb) => verb,
  rejects: () => () => Promise.reject(new Error('connection refused by db.internal')),
  throws: () => () => {
    throw new Error('connection refused by db.internal')
  },
  hangs: () => () => new Promise<never>(() => {}),
  /** It takes effect, and the answer is lost. */
  losesAnswer: (verb: Verb) => async (request: unknown) => {
    await verb(request)
    throw new Error('connection reset by db.internal')
  },
  /** It breaks the contract of the port. */
  answersUndefined: () => async () => undefined,
} satisfies Record<string, (verb: Verb) => Verb>

export type Fault = keyof typeof faults

export interface FaultyStorage {
  readonly storage: Storage
  /** `only`: the one verb that fails, such as `users.find`. */
  fail(fault: Fault, only?: string): void
}

/** The same storage, whose verbs fail, all or one, from the moment that `fail` says how. */
export function faultyStorage(storage: Storage): FaultyStorage {
  let present: Fault = 'none'
  let failing: string | undefined
  return {
    storage: eachVerb(
      storage,
      (name, verb) => request => faults[(failing ?? name) === name ? present : 'none'](verb)(request),
    ),
    fail(fault, only) {
      present = fault
      failing = only
    },
  }
}
