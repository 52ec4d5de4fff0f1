import type { Storage } from '../../lib/storage/storage.js'
import { eachVerb } from './each-verb.js'

/** The same storage, which notes the name of every verb that is called: `sessions.rotate`. */
export function countingStorage(storage: Storage): { readonly storage: Storage; readonly calls: string[] } {
  const calls: string[] = []
  const counting = eachVerb(storage, (name, verb) => request => {
    calls.push(name)
    return verb(request)
  })
  return { storage: counting, calls }
}
