import type { Storage } from '../../lib/composition/storage.js'
import { eachMethod, type Method } from './each-method.js'

/** The possible faults of a call of a storage method. */
const faults = {
  none: (method: Method) => method,
  rejects: () => () => Promise.reject(new Error('connection refused by db.internal')),
  throws: () => () => {
    throw new Error('connection refused by db.internal')
  },
  hangs: () => () => new Promise<never>(() => {}),
  /** It takes effect, and the answer is lost. */
  losesAnswer: (method: Method) => async (request: unknown) => {
    await method(request)
    throw new Error('connection reset by db.internal')
  },
  /** It breaks the contract of the port. */
  answersUndefined: () => async () => undefined,
} satisfies Record<string, (method: Method) => Method>

export type Fault = keyof typeof faults

export interface FaultyStorage {
  readonly storage: Storage
  /** `only`: the one method that fails, such as `users.find`. */
  fail(fault: Fault, only?: string): void
}

/** The same storage, whose methods fail, all or one, from the moment that `fail` says how. */
export function faultyStorage(storage: Storage): FaultyStorage {
  let present: Fault = 'none'
  let failing: string | undefined
  return {
    storage: eachMethod(
      storage,
      (name, method) => request => faults[(failing ?? name) === name ? present : 'none'](method)(request),
    ),
    fail(fault, only) {
      present = fault
      failing = only
    },
  }
}
