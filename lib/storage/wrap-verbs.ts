import type { Storage } from './storage.js'
import { storageVerbs } from './storage-verbs.js'

/** An async function: what an adapter throws before it makes a promise has become a rejection. */
export type Verb = (request: unknown) => Promise<unknown>

type Wrap = (verb: Verb) => Verb

function wrapped(owner: object, verbs: readonly string[], wrap: Wrap): Record<string, Verb> {
  const call = (verb: string) => async (request: unknown) => Reflect.apply(Reflect.get(owner, verb), owner, [request])
  return Object.fromEntries(verbs.map(verb => [verb, wrap(call(verb))]))
}

/** The same storage, each of whose verbs is what `wrap` makes of it. `migrate` and `close` stay as they are. */
export function wrapVerbs(storage: Storage, wrap: Wrap): Storage {
  const groups = Object.entries(storageVerbs).map(([group, verbs]) => [
    group,
    wrapped(Reflect.get(storage, group), verbs, wrap),
  ])
  return {
    ...Object.fromEntries(groups),
    ...wrapped(storage, ['purge', 'ping'], wrap),
    migrate: () => storage.migrate(),
    close: () => storage.close(),
  }
}
