import { setTimeout as sleep } from 'node:timers/promises'
import { decorateStorage } from '../decorate-storage.js'
import type { StorageKernel } from '../storage-kernel.js'
import type { Engine } from './engine.js'

const maximumAttempts = 8
/** Maximum number of refused attempts: a server may refuse the statements of new connections too. */
const maximumRefusals = 3
const longestDelayMilliseconds = 100

type Failures = Pick<Engine, 'isLostRace' | 'isRefusal'>

function maximumOf(error: unknown, { isLostRace, isRefusal }: Failures): number {
  if (isRefusal(error)) return maximumRefusals
  return isLostRace(error) ? maximumAttempts : 1
}

async function attemptAgain<Answer>(
  attempt: () => Promise<Answer>,
  failures: Failures,
  attempts: number,
): Promise<Answer> {
  try {
    return await attempt()
  } catch (error) {
    if (attempts >= maximumOf(error, failures)) throw error
  }
  await sleep(Math.random() * Math.min(2 ** attempts, longestDelayMilliseconds))
  return attemptAgain(attempt, failures, attempts + 1)
}

/**
 * Returns a storage whose methods are retried if they lost a race or their connection was refused. If two calls store the
 * same address concurrently, the one with the unique violation is retried and finds the other's row. A retry is safe: a
 * method is one step that leaves nothing behind when it fails. It rejects if it still fails, such as for an existing id.
 */
export function retryingStorage<Storage extends StorageKernel>(storage: Storage, failures: Failures): Storage {
  return decorateStorage(storage, method => request => attemptAgain(() => method(request), failures, 1))
}
