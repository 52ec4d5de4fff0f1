import { normalisePassword } from './normalise-password.js'

/**
 * Whether a password is known from a breach: a question to a list or a service of the application's.
 * @param password In NFC. It must not be logged, nor leave the process whole: services take the first characters of its digest.
 * @param limit `signal` is aborted when nobody waits for the answer any more.
 */
export type BreachedPasswordCheck = (password: string, limit: { readonly signal: AbortSignal }) => Promise<boolean>

export interface BreachedPasswordSettings {
  readonly check: BreachedPasswordCheck | undefined
  readonly timeoutMilliseconds: number
}

/** `timedOut` and `failed`: nothing was learnt, and the password passes. */
export type BreachAnswer = 'passed' | 'breached' | 'timedOut' | 'failed'

export type BreachedPasswords = (password: string) => Promise<BreachAnswer>

/** What the check throws is dropped: it may hold the password. */
async function ask(check: BreachedPasswordCheck, password: string, signal: AbortSignal): Promise<BreachAnswer> {
  try {
    const answer: unknown = await check(normalisePassword(password), { signal })
    if (typeof answer !== 'boolean') return 'failed'
    return answer ? 'breached' : 'passed'
  } catch {
    return 'failed'
  }
}

/** Asks the application's check within its time. It fails open: a list that cannot be reached keeps nobody out. */
export function createBreachedPasswords({ check, timeoutMilliseconds }: BreachedPasswordSettings): BreachedPasswords {
  if (check === undefined) return async () => 'passed'
  return async password => {
    const limit = new AbortController()
    let timer: NodeJS.Timeout | undefined
    const timedOut = new Promise<BreachAnswer>(resolve => {
      timer = setTimeout(() => {
        resolve('timedOut')
        limit.abort()
      }, timeoutMilliseconds)
    })
    const answer = await Promise.race([ask(check, password, limit.signal), timedOut])
    clearTimeout(timer)
    return answer
  }
}
