import type { AuthPasskeyRequestOptions } from '../generated/operations.js'
import { runtime } from '../runtime.js'

export interface FreshOptionsSettings {
  /** Lifetime of the present challenge, in milliseconds. */
  readonly timeout: number
  /** Resolves to `undefined` if the server does not answer; it is then asked again. */
  request(): Promise<AuthPasskeyRequestOptions | undefined>
  replace(options: AuthPasskeyRequestOptions): void
}

/** The share of the lifetime after which a challenge is replaced. The rest is for a user who is about to sign in. */
const replacedAfter = 0.8

/** How often a challenge is checked in its lifetime. A single timer would be late on a computer that has slept. */
const checksPerLifetime = 20

/**
 * Requests new options before the challenge expires. A hidden page requests none before it is visible again.
 * @returns a function that ends this
 */
export function keepOptionsFresh({ timeout, request, replace }: FreshOptionsSettings): () => void {
  const dueAt = Date.now() + replacedAfter * timeout
  let isAsking = false

  async function check(): Promise<void> {
    if (isAsking || Date.now() < dueAt || runtime.document?.visibilityState === 'hidden') return
    isAsking = true
    const options = await request()
    isAsking = false
    if (options === undefined) return
    // Some password managers ignore signals, and the old request goes on: it asks for no further options.
    stop()
    replace(options)
  }

  const { document } = runtime
  const timer = setInterval(check, timeout / checksPerLifetime)
  document?.addEventListener?.('visibilitychange', check)
  function stop(): void {
    clearInterval(timer)
    document?.removeEventListener?.('visibilitychange', check)
  }
  return stop
}
