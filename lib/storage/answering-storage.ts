import { StorageConstraintViolatedError, StorageUnavailableError } from '../errors/index.js'
import type { Measure } from '../telemetry/create-measure.js'
import { storageCalls, traceStep } from '../telemetry/trace-step.js'
import { errorWithoutValues } from './error-without-values.js'
import { isConstraintViolation } from './is-constraint-violation.js'
import type { Storage } from './storage.js'
import { lifecycleVerbs, storageVerbs } from './storage-verbs.js'
import { type Verb, wrapVerbs } from './wrap-verbs.js'

/** Rejects with an error of ours if `verb` rejects or takes longer than the deadline. */
function answer(verb: Verb, request: unknown, deadlineMilliseconds: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const giveUp = (cause: unknown) => {
      clearTimeout(timer)
      const Failure = isConstraintViolation(cause) ? StorageConstraintViolatedError : StorageUnavailableError
      reject(new Failure({ cause: errorWithoutValues(cause, request) }))
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

/** Tells how long the call took, and whether it failed. */
async function measured(verb: string, call: () => Promise<unknown>, measure: Measure): Promise<unknown> {
  const beganAt = performance.now()
  const tell = (outcome: 'done' | 'failed') => {
    const value = (performance.now() - beganAt) / 1000
    measure({ name: 'fast_auth_storage_call_seconds', value, labels: { verb, outcome } })
  }
  try {
    const answered = await call()
    tell('done')
    return answered
  } catch (error) {
    tell('failed')
    throw error
  }
}

/**
 * The same storage, each of whose verbs settles before the deadline, and whose every failure is a
 * `StorageUnavailableError`, or a `StorageConstraintViolatedError` if repeating does not help, with the database's error as its cause, without the values that were sent. `migrate` and `close` may take their time.
 * A verb that was given up may still take effect: the step itself is all or nothing, only its answer is lost.
 */
export function answeringStorage(storage: Storage, deadlineMilliseconds: number, measure?: Measure): Storage {
  return wrapVerbs(storage, (verb, name) => request => {
    const call = () => answer(verb, request, deadlineMilliseconds)
    const step = measure === undefined ? call : () => measured(name, call, measure)
    return traceStep(storageCalls, { verb: name }, step)
  })
}

/** What a storage may do without, and has all the same, has to be a function too. */
function wrongOptionalVerbs(storage: object): string[] {
  const listen: unknown = Reflect.get(Object(Reflect.get(storage, 'revocations')), 'listen')
  return listen === undefined || typeof listen === 'function' ? [] : ['revocations.listen']
}

/** The verbs of the port that `storage` doesn't have, by name: `sessions.rotate`. */
export function missingVerbs(storage: object): string[] {
  const has = (owner: unknown, verb: string) =>
    typeof owner === 'object' && owner !== null && typeof Reflect.get(owner, verb) === 'function'
  const inGroups = Object.entries(storageVerbs).flatMap(([group, verbs]) =>
    verbs.filter(verb => !has(Reflect.get(storage, group), verb)).map(verb => `${group}.${verb}`),
  )
  return [...inGroups, ...wrongOptionalVerbs(storage), ...lifecycleVerbs.filter(verb => !has(storage, verb))]
}
