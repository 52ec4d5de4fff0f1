import type { Storage } from '../../lib/storage/storage.js'
import { eachVerb } from './each-verb.js'

/** What can go wrong with one call of a database: it is refused, or never answered; before it took effect, or after. */
export const storageFaults = ['throw', 'hang', 'apply-then-throw', 'apply-then-hang'] as const
export type StorageFault = (typeof storageFaults)[number]

export interface FailingStorage {
  readonly storage: Storage
  /** The next call of the verb, such as `sessions.rotate`, meets the fault. The one after it doesn't. */
  failNext(verb: string, fault: StorageFault): void
}

async function failed(fault: StorageFault, verb: () => Promise<unknown>): Promise<never> {
  if (fault.startsWith('apply')) await verb()
  if (fault.endsWith('hang')) return new Promise(() => {})
  throw new Error('The connection to the database was lost')
}

/** The same storage, one call of which fails when it is told so. */
export function failingStorage(storage: Storage): FailingStorage {
  const pending = new Map<string, StorageFault>()
  const failing = eachVerb(storage, (name, verb) => request => {
    const fault = pending.get(name)
    pending.delete(name)
    return fault === undefined ? verb(request) : failed(fault, () => verb(request))
  })
  return { storage: failing, failNext: (verb, fault) => pending.set(verb, fault) }
}
