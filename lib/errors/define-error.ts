import { createError } from '@fastify/error'
import type { BootErrorCode, ErrorCode } from '../../schemas/index.js'

/** What every error of fast-auth is: one of Fastify's, with a code that fast-auth documents. */
export interface FastAuthError extends Error {
  readonly code: ErrorCode | BootErrorCode
  readonly statusCode: number
  /** Response headers that go with the answer, lower case. */
  readonly headers: Readonly<Record<string, string>>
}

export interface FastAuthErrorConstructor<Arguments extends readonly unknown[] = readonly []> {
  new (...args: [...Arguments, options?: { cause?: unknown }]): FastAuthError
  readonly prototype: FastAuthError
}

/**
 * Makes an error class. `message` may hold `%s` for the constructor's arguments; they must never be anything that a
 * client sent.
 */
export function defineError<Arguments extends readonly unknown[] = readonly []>(
  code: ErrorCode | BootErrorCode,
  message: string,
  statusCode: number,
  headers: Readonly<Record<string, string>> = {},
): FastAuthErrorConstructor<Arguments> {
  const ErrorClass = createError(code, message, statusCode)
  // Writable: an error handler may give one error other headers. Frozen: it must not give them to all the others.
  Object.defineProperty(ErrorClass.prototype, 'headers', { value: Object.freeze(headers), writable: true })
  return ErrorClass as unknown as FastAuthErrorConstructor<Arguments>
}
