import { StorageUnavailableError } from '../errors/index.js'
import type { Storage } from './storage.js'
import { lifecycleVerbs, storageVerbs } from './storage-verbs.js'

/** Rejects with `StorageUnavailableError` where `call` rejects or takes longer than the deadline. */
function answer(call: () => Promise<unknown>, deadlineMilliseconds: number): Promise<unknown> {
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
    call().then(keep, giveUp)
  })
}

/** These verbs of `owner`. What an adapter throws before it makes a promise becomes a rejection too. */
function answering(owner: object, verbs: readonly string[], deadlineMilliseconds: number) {
  const answeringVerb = (verb: string) => (request: unknown) =>
    answer(async () => Reflect.apply(Reflect.get(owner, verb), owner, [request]), deadlineMilliseconds)
  return Object.fromEntries(verbs.map(verb => [verb, answeringVerb(verb)]))
}

/**
 * The same storage, each of whose verbs settles before the deadline, and whose every failure is a
 * `StorageUnavailableError` with the database's error as its cause. `migrate` and `close` may take their time.
 * A verb that was given up may still take effect: the step itself is all or nothing, only its answer is lost.
 */
export function answeringStorage(storage: Storage, deadlineMilliseconds: number): Storage {
  const groups = Object.entries(storageVerbs).map(([group, verbs]) => [
    group,
    answering(Reflect.get(storage, group), verbs, deadlineMilliseconds),
  ])
  return {
    ...Object.fromEntries(groups),
    ...answering(storage, ['purge', 'ping'], deadlineMilliseconds),
    migrate: () => storage.migrate(),
    close: () => storage.close(),
  }
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
