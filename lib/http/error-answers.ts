import type { FastifyReply, FastifyRequest } from 'fastify'
import { InternalError, StorageConstraintViolatedError } from '../errors/index.js'

/** The properties that an error may have; any value can be thrown. */
interface Thrown {
  readonly statusCode?: unknown
  readonly headers?: Record<string, string>
  readonly cause?: unknown
}

function asThrown(error: unknown): Thrown {
  return Object(error)
}

/** Sets an error's own headers (WWW-Authenticate, Retry-After) on the answer, independent of the error handler. */
export function sendErrorHeaders(error: unknown, reply: FastifyReply): void {
  const { headers } = asThrown(error)
  if (headers !== undefined) reply.headers(headers)
}

/**
 * An error with a status other than 500 was written for the client: by fast-auth, Fastify, or a hook of the host (a rate
 * limit, a load shedder). The same is true of the one 500 with a code of fast-auth. All others are unexpected.
 */
function isMeantForClients(error: unknown): boolean {
  if (error instanceof StorageConstraintViolatedError) return true
  const { statusCode } = asThrown(error)
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 600 && statusCode !== 500
}

/**
 * Forwards every error of our routes to the host's error handler. An unexpected error is replaced by a fixed text, and its
 * cause is logged.
 */
export function forwardError(error: unknown, request: FastifyRequest, reply: FastifyReply): never {
  sendErrorHeaders(error, reply)
  if (isMeantForClients(error)) {
    const { cause } = asThrown(error)
    if (cause !== undefined) request.log.error({ err: cause }, 'fast-auth: the cause of the next error')
    throw error
  }
  request.log.error({ err: error }, 'fast-auth: unexpected error')
  throw new InternalError({ cause: error })
}

interface AnsweredError extends Error {
  readonly statusCode: number
  readonly code: string
  readonly error: string
  readonly rule?: string
  readonly taken?: string
  readonly validation?: readonly {
    readonly instancePath: string
    readonly keyword: string
    readonly message?: string
  }[]
}

/** Serializes an error as `schemas/error-response` documents it. Any other answer of a host's error handler is sent unchanged. */
export function serializeErrorAnswer(answer: unknown): string {
  if (!(answer instanceof Error)) return JSON.stringify(answer)
  const { statusCode, code, error, message, rule, taken, validation } = answer as AnsweredError
  const problems = code === 'FST_ERR_VALIDATION' ? validation : undefined
  return JSON.stringify({
    statusCode,
    code,
    error,
    message,
    rule,
    taken,
    validation: problems?.map(({ instancePath, keyword, message: problem }) => ({
      instancePath,
      keyword,
      message: problem,
    })),
  })
}
