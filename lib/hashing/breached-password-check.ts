import { withDeadline } from '../async/with-deadline.js'
import { normalisePassword } from './normalise-password.js'

/**
 * Returns whether a password is known from a breach, according to a list or service of the application.
 * @param password in NFC. It must not be logged, nor leave the process as a whole: services take the first characters of its digest.
 * @param limit `signal` is aborted at the timeout, after which the result is ignored.
 */
export type BreachedPasswordCheck = (password: string, limit: { readonly signal: AbortSignal }) => Promise<boolean>

export interface BreachedPasswordSettings {
  readonly check: BreachedPasswordCheck | undefined
  readonly timeoutMilliseconds: number
}

/** `timedOut` and `failed`: the result is unknown, and the password passes. */
export type BreachAnswer = 'passed' | 'breached' | 'timedOut' | 'failed'

export type BreachedPasswords = (password: string) => Promise<BreachAnswer>

/** An error of the check is dropped: it may contain the password. */
async function ask(check: BreachedPasswordCheck, password: string, signal: AbortSignal): Promise<BreachAnswer> {
  try {
    const answer: unknown = await check(normalisePassword(password), { signal })
    if (typeof answer !== 'boolean') return 'failed'
    return answer ? 'breached' : 'passed'
  } catch {
    return 'failed'
  }
}

/** Calls the application's check with a timeout. It fails open: an unreachable list does not block users. */
export function createBreachedPasswords({ check, timeoutMilliseconds }: BreachedPasswordSettings): BreachedPasswords {
  if (check === undefined) return async () => 'passed'
  return async password => {
    const limit = new AbortController()
    const late = () => {
      limit.abort()
      return new Error('The check takes too long')
    }
    const answer = ask(check, password, limit.signal)
    return withDeadline(answer, { milliseconds: timeoutMilliseconds, late }).catch(() => 'timedOut' as const)
  }
}
