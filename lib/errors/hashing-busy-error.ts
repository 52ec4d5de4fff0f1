import { createError, type FastifyErrorConstructor } from '@fastify/error'

interface HashingBusy {
  readonly code: 'FAST_AUTH_HASHING_BUSY'
  readonly statusCode: 503
}

const FastifyHashingBusyError: FastifyErrorConstructor<HashingBusy, [retryAfterSeconds: number]> = createError(
  'FAST_AUTH_HASHING_BUSY',
  'Too many sign-ins at the moment. Try again in %s seconds.',
  503,
)

/** The hashing queue is full. Nothing was hashed, so the client may repeat the same request. */
export class HashingBusyError extends FastifyHashingBusyError {
  /** An estimate: a whole number of at least 1. */
  readonly retryAfterSeconds: number
  /** Fastify sets these on the answer. */
  readonly headers: { readonly 'retry-after': string }

  constructor(retryAfterSeconds: number) {
    super(retryAfterSeconds)
    this.retryAfterSeconds = retryAfterSeconds
    this.headers = { 'retry-after': String(retryAfterSeconds) }
  }
}
