import { setTimeout as sleep } from 'node:timers/promises'
import { decorateStorage } from '../decorate-storage.js'
import type { Storage } from '../storage.js'
import type { Engine } from './engine.js'

const maximumAttempts = 8
/** A server that refuses a new connection's statements too stays as it is. */
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
 * The same storage, whose methods begin again if they lost a race or their connection was refused: of two who store one address at once, the one who
 * was told that it is not unique looks again, and finds whose it is. A method is one step that leaves nothing behind when it
 * fails, so that it may be begun again whole. What still fails then, an id that is there already for one, rejects.
 */
export function retryingStorage(storage: Storage, failures: Failures): Storage {
  return decorateStorage(storage, method => request => attemptAgain(() => method(request), failures, 1))
}
