import { withDeadline } from '../async/with-deadline.js'
import { StorageConstraintViolatedError, StorageUnavailableError } from '../errors/index.js'
import type { Measure } from '../telemetry/create-measure.js'
import { storageCalls, traceStep } from '../telemetry/trace-step.js'
import { decorateStorage, type Method } from './decorate-storage.js'
import { errorWithoutValues } from './error-without-values.js'
import { isConstraintViolation } from './is-constraint-violation.js'
import type { StorageKernel } from './storage-kernel.js'

/** Rejects with a fast-auth error if `method` rejects or exceeds the deadline. */
function answer(method: Method, request: unknown, milliseconds: number): Promise<unknown> {
  const late = () => new Error(`The storage did not answer within ${milliseconds} ms`)
  return withDeadline(method(request), { milliseconds, late }).catch((cause: unknown) => {
    const Failure = isConstraintViolation(cause) ? StorageConstraintViolatedError : StorageUnavailableError
    throw new Failure({ cause: errorWithoutValues(cause, request) })
  })
}

/** Reports how long the call took, and whether it failed. */
async function measured(method: string, call: () => Promise<unknown>, measure: Measure): Promise<unknown> {
  const beganAt = performance.now()
  const record = (outcome: 'done' | 'failed') => {
    const value = (performance.now() - beganAt) / 1000
    measure({ name: 'fast_auth_storage_call_seconds', value, labels: { method, outcome } })
  }
  try {
    const answered = await call()
    record('done')
    return answered
  } catch (error) {
    record('failed')
    throw error
  }
}

/**
 * Returns a storage whose methods settle before the deadline and reject with a `StorageUnavailableError`. If a retry cannot
 * succeed, they reject with a `StorageConstraintViolatedError`. The cause is the database's error, without the values of the
 * request. `migrate` and `close` have no deadline.
 * A method that exceeded its deadline may still take effect: the step is atomic, only its result is lost.
 */
export function instrumentedStorage<Storage extends Omit<StorageKernel, 'outbox'>>(
  storage: Storage,
  deadlineMilliseconds: number,
  measure?: Measure,
): Storage {
  return decorateStorage(storage, (method, name) => request => {
    const call = () => answer(method, request, deadlineMilliseconds)
    const step = measure === undefined ? call : () => measured(name, call, measure)
    return traceStep(storageCalls, { method: name }, step)
  })
}
