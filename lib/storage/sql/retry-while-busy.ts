import { setTimeout as sleep } from 'node:timers/promises'
import { isBusy } from './sqlite-handle.js'

const longestDelayMilliseconds = 20

async function retryUntil<Answer>(deadline: number, attempt: () => Answer, retries: number): Promise<Answer> {
  try {
    return attempt()
  } catch (error) {
    if (!isBusy(error) || performance.now() >= deadline) throw error
  }
  await sleep(Math.random() * Math.min(retries, longestDelayMilliseconds))
  return retryUntil(deadline, attempt, retries + 1)
}

/**
 * Retries while another connection holds the lock. SQLite's own wait would block the event loop, including the transaction
 * that holds the lock if it belongs to this process. The delays are short and random, so waiting calls do not collide again.
 * @throws Any other error of the attempt, immediately; "database is locked" only after `timeoutMilliseconds`.
 */
export function retryWhileBusy<Answer>(timeoutMilliseconds: number, attempt: () => Answer): Promise<Answer> {
  return retryUntil(performance.now() + timeoutMilliseconds, attempt, 1)
}
