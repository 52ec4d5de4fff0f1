import type { RevocationStore, Storage } from './storage.js'
import { storageVerbs } from './storage-verbs.js'

/** An async function: what an adapter throws before it makes a promise has become a rejection. */
export type Verb = (request: unknown) => Promise<unknown>

/** @param name `sessions.rotate`, or `ping`. */
type Wrap = (verb: Verb, name: string) => Verb

function wrapped(owner: object, verbs: readonly string[], wrap: Wrap, group = ''): Record<string, Verb> {
  const call = (verb: string) => async (request: unknown) => Reflect.apply(Reflect.get(owner, verb), owner, [request])
  return Object.fromEntries(verbs.map(verb => [verb, wrap(call(verb), group + verb)]))
}

/** Where the storage has it. */
function listen({ revocations }: Storage): Pick<RevocationStore, 'listen'> {
  const { listen } = revocations
  return listen === undefined ? {} : { listen: request => Reflect.apply(listen, revocations, [request]) }
}

/** The same storage, each of whose verbs is what `wrap` makes of it. `migrate`, `close` and `listen`, which lasts, stay as they are. */
export function wrapVerbs(storage: Storage, wrap: Wrap): Storage {
  const groups = Object.entries(storageVerbs).map(([group, verbs]) => [
    group,
    wrapped(Reflect.get(storage, group), verbs, wrap, `${group}.`),
  ])
  const { revocations, ...others } = Object.fromEntries(groups)
  return {
    ...others,
    revocations: { ...revocations, ...listen(storage) },
    ...wrapped(storage, ['purge', 'ping'], wrap),
    migrate: () => storage.migrate(),
    close: () => storage.close(),
  }
}
