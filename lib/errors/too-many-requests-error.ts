import { createError, type FastifyErrorConstructor } from '@fastify/error'

interface TooManyRequests {
  readonly code: 'FAST_AUTH_TOO_MANY_REQUESTS'
  readonly statusCode: 429
}

const FastifyTooManyRequestsError: FastifyErrorConstructor<TooManyRequests, []> = createError(
  'FAST_AUTH_TOO_MANY_REQUESTS',
  'Too many requests. Try again after the time in Retry-After.',
  429,
)

/** A limit is reached. Nothing was checked or changed, so the client may repeat the same request later. */
export class TooManyRequestsError extends FastifyTooManyRequestsError {
  /** A whole number of at least 1. */
  readonly retryAfterSeconds: number
  /** Fastify sets these on the answer. */
  readonly headers: { readonly 'retry-after': string }

  constructor(retryAfterSeconds: number) {
    super()
    this.retryAfterSeconds = retryAfterSeconds
    this.headers = { 'retry-after': String(retryAfterSeconds) }
  }
}
