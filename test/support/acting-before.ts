import type { Storage } from '../../lib/composition/storage.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { eachMethod } from './each-method.js'

export interface ActingBefore {
  readonly storage: Storage
  /** What happens once; the test sets it. */
  readonly armed: { act: (() => Promise<unknown>) | null }
  /** The same storage, in which nothing happens. */
  readonly right: Storage
}

/** A storage in which `act` happens right before the named method carries out its step. */
export function actingBefore(method: string): ActingBefore {
  const right = memoryStorage()
  const armed: ActingBefore['armed'] = { act: null }
  const storage: Storage = eachMethod(right, (name, step) => async request => {
    const { act } = armed
    if (name === method && act !== null) {
      armed.act = null
      await act()
    }
    return step(request)
  })
  return { storage, armed, right }
}
