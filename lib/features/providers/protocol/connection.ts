import { withDeadline } from '../../../async/with-deadline.js'
import type { EpochMilliseconds } from '../../../storage/records.js'
import type { ProviderEnvironment, ProviderInvalid, ProviderInvalidReason, ProviderUnavailable } from '../provider.js'
import { failureIn, InvalidAnswerError, ProviderFailure } from './provider-errors.js'
import { createProviderFetch, type ProviderFetch } from './provider-fetch.js'

interface ConnectionSettings {
  readonly environment: ProviderEnvironment
  readonly allowsLoopback: boolean
  readonly timeoutMilliseconds: number
}

/** Runs the steps of a call, within the time limit for all requests together. */
export interface Connection {
  readonly clock: () => EpochMilliseconds
  /** Rejects with a `ProviderFailure` at the time limit, and then aborts the requests of `run`. */
  withinTime<Answer>(run: (fetch: ProviderFetch) => Promise<Answer>): Promise<Answer>
}

export function createConnection({ environment, allowsLoopback, timeoutMilliseconds }: ConnectionSettings): Connection {
  const { clock, fetch = globalThis.fetch } = environment
  return {
    clock,
    withinTime(run) {
      const controller = new AbortController()
      return withDeadline(run(createProviderFetch({ fetch, clock, allowsLoopback, signal: controller.signal })), {
        milliseconds: timeoutMilliseconds,
        late() {
          controller.abort()
          return new ProviderFailure('timeout')
        },
      })
    },
  }
}

/** Returns what the call of the library returns. Its errors contain tokens, so they become a reason. */
export async function orInvalid<Answer>(
  call: Promise<Answer>,
  reasonOf: (error: unknown) => ProviderInvalidReason,
): Promise<Answer> {
  try {
    return await call
  } catch (error) {
    throw failureIn(error) ?? new InvalidAnswerError(reasonOf(error))
  }
}

/** Returns what `call` returns, or the answer that its error means. */
export async function orUnavailable<Answer>(call: Promise<Answer>): Promise<Answer | ProviderUnavailable> {
  try {
    return await call
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    const { reason, retryAfterSeconds } = error
    return { outcome: 'unavailable', reason, retryAfterSeconds }
  }
}

/** Returns what `call` returns, or the answer that its error means. */
export async function orRefusal<Answer>(
  call: Promise<Answer>,
): Promise<Answer | ProviderInvalid | ProviderUnavailable> {
  try {
    return await orUnavailable(call)
  } catch (error) {
    if (!(error instanceof InvalidAnswerError)) throw error
    const { reason, cause } = error
    return { outcome: 'invalid', reason, ...(cause !== undefined && { error: cause }) }
  }
}
