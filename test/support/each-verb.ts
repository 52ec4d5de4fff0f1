import type { Storage } from '../../lib/storage/storage.js'
import { storageVerbs } from '../../lib/storage/storage-verbs.js'

export type Verb = (request: unknown) => Promise<unknown>

/** The same storage, with something around every verb that has a group, by its name: `sessions.rotate`. What not every storage has stays. */
export function eachVerb(storage: Storage, around: (name: string, verb: Verb) => Verb): Storage {
  const groups = Object.entries(storageVerbs).map(([group, verbs]) => {
    const store = Reflect.get(storage, group) as Record<string, Verb>
    const wrapped = verbs.map(verb => [verb, around(`${group}.${verb}`, async request => store[verb]?.(request))])
    return [group, { ...store, ...Object.fromEntries(wrapped) }]
  })
  const { purge, migrate, ping, close } = storage
  return { purge, migrate, ping, close, ...Object.fromEntries(groups) }
}
