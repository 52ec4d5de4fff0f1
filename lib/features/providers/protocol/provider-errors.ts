import type { ProviderInvalidReason, ProviderUnavailableReason } from '../provider.js'

/** Ends a call of a provider's client with the outcome `invalid`. */
export class InvalidAnswerError extends Error {
  readonly reason: ProviderInvalidReason

  /** @param options `cause`: error of the application, for the log. Never one of the library, which contains tokens. */
  constructor(reason: ProviderInvalidReason, options?: ErrorOptions) {
    super(`The answer of the provider proves nothing: ${reason}`, options)
    this.reason = reason
  }
}

/** Ends a call of a provider's client with the outcome `unavailable`. */
export class ProviderFailure extends Error {
  readonly reason: ProviderUnavailableReason
  readonly retryAfterSeconds: number

  constructor(reason: ProviderUnavailableReason, retryAfterSeconds = 5) {
    super(`The provider is unavailable: ${reason}`)
    this.reason = reason
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Returns the `ProviderFailure` that an error is or has as a cause. Libraries and applications wrap errors. */
export function failureIn(error: unknown): ProviderFailure | null {
  if (error instanceof ProviderFailure) return error
  return error instanceof Error ? failureIn(error.cause) : null
}
