import { createError } from '@fastify/error'
import type { BootErrorCode, ErrorCode } from '../../schemas/index.js'

/** The interface of every error of fast-auth: a Fastify error with a documented code. */
export interface FastAuthError extends Error {
  readonly code: ErrorCode | BootErrorCode
  readonly statusCode: number
  /** Response headers of the answer, in lower case. */
  readonly headers: Readonly<Record<string, string>>
}

/** The class of an error of fast-auth. */
export interface FastAuthErrorConstructor<Arguments extends readonly unknown[] = readonly []> {
  new (...args: [...Arguments, options?: { cause?: unknown }]): FastAuthError
  readonly prototype: FastAuthError
}

/**
 * Creates an error class. `message` may contain `%s` for the constructor's arguments, which must never be text that a
 * client sent.
 */
export function defineError<Arguments extends readonly unknown[] = readonly []>(
  code: ErrorCode | BootErrorCode,
  message: string,
  statusCode: number,
  headers: Readonly<Record<string, string>> = {},
): FastAuthErrorConstructor<Arguments> {
  const ErrorClass = createError(code, message, statusCode)
  // Writable: an error handler may give one error other headers. Frozen: it must not change those of all other errors.
  Object.defineProperty(ErrorClass.prototype, 'headers', { value: Object.freeze(headers), writable: true })
  return ErrorClass as unknown as FastAuthErrorConstructor<Arguments>
}
