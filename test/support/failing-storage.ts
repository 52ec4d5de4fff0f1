import type { Storage } from '../../lib/composition/storage.js'
import { eachMethod } from './each-method.js'

/** The faults of one call of a database: it is refused, or never answered; before it took effect, or after. */
export const storageFaults = ['throw', 'hang', 'apply-then-throw', 'apply-then-hang'] as const
export type StorageFault = (typeof storageFaults)[number]

export interface FailingStorage {
  readonly storage: Storage
  /** The next call of the method, such as `sessions.rotate`, or the nth from now, meets the fault. The one after it doesn't. */
  failNext(method: string, fault: StorageFault, nth?: number): void
}

async function failed(fault: StorageFault, method: () => Promise<unknown>): Promise<never> {
  if (fault.startsWith('apply')) await method()
  if (fault.endsWith('hang')) return new Promise(() => {})
  throw new Error('The connection to the database was lost')
}

/** The same storage, whose next call of a method fails if the test says so. */
export function failingStorage(storage: Storage): FailingStorage {
  const pending = new Map<string, { readonly fault: StorageFault; readonly nth: number }>()
  const failing = eachMethod(storage, (name, method) => request => {
    const next = pending.get(name)
    if (next === undefined) return method(request)
    if (next.nth > 1) {
      pending.set(name, { ...next, nth: next.nth - 1 })
      return method(request)
    }
    pending.delete(name)
    return failed(next.fault, () => method(request))
  })
  return { storage: failing, failNext: (method, fault, nth = 1) => pending.set(method, { fault, nth }) }
}
