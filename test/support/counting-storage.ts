import type { Storage } from '../../lib/composition/storage.js'
import { eachMethod } from './each-method.js'

/** The same storage, which notes the name of every method that is called: `sessions.rotate`. */
export function countingStorage(storage: Storage): { readonly storage: Storage; readonly calls: string[] } {
  const calls: string[] = []
  const counting = eachMethod(storage, (name, method) => request => {
    calls.push(name)
    return method(request)
  })
  return { storage: counting, calls }
}
