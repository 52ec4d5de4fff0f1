import { setTimeout as sleep } from 'node:timers/promises'
import type { Storage } from '../storage.js'
import { wrapVerbs } from '../wrap-verbs.js'

const maximumAttempts = 8
const longestDelayMilliseconds = 100

async function attemptAgain<Answer>(
  attempt: () => Promise<Answer>,
  isLostRace: (error: unknown) => boolean,
  attempts: number,
): Promise<Answer> {
  try {
    return await attempt()
  } catch (error) {
    if (attempts >= maximumAttempts || !isLostRace(error)) throw error
  }
  await sleep(Math.random() * Math.min(2 ** attempts, longestDelayMilliseconds))
  return attemptAgain(attempt, isLostRace, attempts + 1)
}

/**
 * The same storage, whose verbs begin again where they lost a race: of two who store one address at once, the one who
 * was told that it is not unique looks again, and finds whose it is. A verb is one step that leaves nothing behind when it
 * fails, so that it may be begun again whole. What still fails then, an id that is there already for one, rejects.
 */
export function retryingStorage(storage: Storage, isLostRace: (error: unknown) => boolean): Storage {
  return wrapVerbs(storage, verb => request => attemptAgain(() => verb(request), isLostRace, 1))
}
