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

/** The same storage, every verb of which fails from the moment that `fail` says how. */
export function faultyStorage(storage: Storage): { readonly storage: Storage; fail(fault: Fault): void } {
  let present: Fault = 'none'
  return {
    storage: eachVerb(storage, (_name, verb) => request => faults[present](verb)(request)),
    fail(fault) {
      present = fault
    },
  }
}
