import type { AuthError as Refusal } from './generated/operations.js'

/** Errors of the client itself; all other codes come from the server. */
export type ClientErrorCode = 'ABORTED' | 'NETWORK_FAILURE' | 'TOKEN_STORE_FAILURE' | 'UNEXPECTED_ANSWER'

type Details = Partial<Pick<Refusal, 'rule' | 'taken' | 'validation'>>

/** The further properties of an `AuthError`. */
export interface AuthErrorDetails extends Details {
  /** The HTTP status, or 0 if there was no response. */
  readonly statusCode?: number
  readonly retryAfterSeconds?: number | undefined
  readonly cause?: unknown
}

/**
 * The error of a failed operation. Rely on `code`; the wording of `message` may change.
 * @example
 * ```ts
 * const { error } = await client.signUp({ email: 'ada@example.com', password: 'correct horse battery staple' })
 * if (error?.code === 'FAST_AUTH_PASSWORD_TOO_WEAK') console.log(error.rule)
 * ```
 */
export class AuthError<Code extends string = string> extends Error {
  override readonly name = 'AuthError'
  readonly code: Code
  /** The HTTP status, or 0 if there was no response. */
  readonly statusCode: number
  /** With `FAST_AUTH_PASSWORD_TOO_WEAK`: the rule that the new password breaks. */
  readonly rule: Refusal['rule']
  /** With `FAST_AUTH_USER_EXISTS`: the field whose value belongs to another user. */
  readonly taken: Refusal['taken']
  /** With `FST_ERR_VALIDATION`: one entry for each invalid field. */
  readonly validation: Refusal['validation']
  /** With 429 and 503: the number of seconds to wait before a retry. */
  readonly retryAfterSeconds: number | undefined

  constructor(code: Code, message: string, details: AuthErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.statusCode = details.statusCode ?? 0
    this.rule = details.rule
    this.taken = details.taken
    this.validation = details.validation
    this.retryAfterSeconds = details.retryAfterSeconds
  }
}
