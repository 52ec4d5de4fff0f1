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
 * Attempts again while another connection holds the lock. SQLite's own wait would block the event loop, and with it the
 * very transaction that is waited for, if it is one of this process. The delays are short and irregular, so that several
 * who wait don't meet again.
 * @throws whatever the attempt throws, at once; that the database is locked only after `timeoutMilliseconds`.
 */
export function retryWhileBusy<Answer>(timeoutMilliseconds: number, attempt: () => Answer): Promise<Answer> {
  return retryUntil(performance.now() + timeoutMilliseconds, attempt, 1)
}
