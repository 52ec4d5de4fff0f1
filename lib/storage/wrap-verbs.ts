import type { Storage } from './storage.js'
import { storageVerbs } from './storage-verbs.js'

/** An async function: what an adapter throws before it makes a promise has become a rejection. */
export type Verb = (request: never) => Promise<unknown>

/** The same storage, each of whose verbs is what `wrap` makes of it. `migrate` and `close` stay as they are. */
export function wrapVerbs(storage: Storage, wrap: (verb: Verb) => Verb): Storage {
  const groups = Object.entries(storageVerbs).map(([group, verbs]) => {
    const store = storage[group as keyof typeof storageVerbs] as unknown as Record<string, Verb>
    return [group, Object.fromEntries(verbs.map(verb => [verb, wrap(async request => store[verb]?.(request))]))]
  })
  return {
    ...Object.fromEntries(groups),
    purge: wrap(async request => storage.purge(request)),
    ping: wrap(async () => storage.ping()),
    migrate: () => storage.migrate(),
    close: () => storage.close(),
  } as Storage
}
