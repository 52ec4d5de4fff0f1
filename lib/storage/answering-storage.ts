import { StorageUnavailableError } from '../errors/index.js'
import type { Storage } from './storage.js'
import { lifecycleVerbs, storageVerbs } from './storage-verbs.js'

/** An async function: what an adapter throws before it makes a promise has become a rejection. */
type Verb = (request: never) => Promise<unknown>

/** Rejects with `StorageUnavailableError` where `verb` rejects or takes longer than the deadline. */
function answer(verb: Verb, request: never, deadlineMilliseconds: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const giveUp = (cause: unknown) => {
      clearTimeout(timer)
      reject(new StorageUnavailableError({ cause }))
    }
    const tooLate = () => giveUp(new Error(`The storage did not answer within ${deadlineMilliseconds} ms`))
    const timer = setTimeout(tooLate, deadlineMilliseconds)
    const keep = (outcome: unknown) => {
      clearTimeout(timer)
      resolve(outcome)
    }
    verb(request).then(keep, giveUp)
  })
}

/**
 * The same storage, each of whose verbs settles before the deadline, and whose every failure is a
 * `StorageUnavailableError` with the database's error as its cause. `migrate` and `close` may take their time.
 * A verb that was given up may still take effect: the step itself is all or nothing, only its answer is lost.
 */
export function answeringStorage(storage: Storage, deadlineMilliseconds: number): Storage {
  const groups = Object.entries(storageVerbs).map(([group, verbs]) => {
    const store = storage[group as keyof typeof storageVerbs] as unknown as Record<string, Verb>
    const answering = verbs.map(verb => [
      verb,
      (request: never) => answer(async r => store[verb]?.(r), request, deadlineMilliseconds),
    ])
    return [group, Object.fromEntries(answering)]
  })
  return {
    ...Object.fromEntries(groups),
    purge: request => answer(async r => storage.purge(r), request as never, deadlineMilliseconds),
    ping: () => answer(async () => storage.ping(), undefined as never, deadlineMilliseconds),
    migrate: () => storage.migrate(),
    close: () => storage.close(),
  } as Storage
}

/** The verbs of the port that `storage` doesn't have, by name: `sessions.rotate`. */
export function missingVerbs(storage: object): string[] {
  const has = (owner: unknown, verb: string) =>
    typeof owner === 'object' && owner !== null && typeof Reflect.get(owner, verb) === 'function'
  const inGroups = Object.entries(storageVerbs).flatMap(([group, verbs]) =>
    verbs.filter(verb => !has(Reflect.get(storage, group), verb)).map(verb => `${group}.${verb}`),
  )
  return [...inGroups, ...lifecycleVerbs.filter(verb => !has(storage, verb))]
}
