import { createError, type FastifyErrorConstructor } from '@fastify/error'
import type { Identifier, PasswordRule } from '../../schemas/index.js'
import { defineError } from './define-error.js'

const FrameworkValidationError: FastifyErrorConstructor<{ code: string }, [string]> = createError(
  'FST_ERR_VALIDATION',
  '%s',
  400,
)

/** The error of Fastify's own validation, for rules about a field of the body that a schema cannot express. */
export class ValidationError extends FrameworkValidationError {
  override readonly validationContext = 'body'

  /**
   * @param field `null` if the problem concerns the body as a whole
   * @param problem what is allowed, without what was sent: "must be …"
   */
  constructor(field: string | null, keyword: string, problem: string) {
    const instancePath = field === null ? '' : `/${field}`
    super(`body${instancePath} ${problem}`)
    this.validation = [{ instancePath, keyword, message: problem, schemaPath: '', params: {} }]
  }
}

const RefusedPasswordError = defineError<readonly [sentence: string]>('FAST_AUTH_PASSWORD_TOO_WEAK', '%s', 400)

/** The new password breaks a rule. The message names the rule for users, `rule` for programs. */
export class PasswordTooWeakError extends RefusedPasswordError {
  readonly rule: PasswordRule

  constructor(sentence: string, rule: PasswordRule) {
    super(sentence)
    this.rule = rule
  }
}

/** A mailed token that is wrong, used, expired, superseded or made for another purpose: the same error for all. */
export const OneTimeTokenInvalidError = defineError(
  'FAST_AUTH_ONE_TIME_TOKEN_INVALID',
  'The link is not valid here, or no longer valid: ask for a new one',
  400,
)

/** The password is right, but the address is not confirmed, and `requireEmailConfirmation` is on. */
export const EmailNotConfirmedError = defineError(
  'FAST_AUTH_EMAIL_NOT_CONFIRMED',
  'Confirm your e-mail address first: open the link that was sent to it',
  403,
)

/** The password is right, but the account is disabled: nothing signs this user in until it is enabled. */
export const UserDisabledError = defineError(
  'FAST_AUTH_USER_DISABLED',
  'This account is disabled: contact the operator of this service',
  403,
)

/**
 * Refuses a sign-up: the hook `beforeSignUp` throws it. The client gets 403 and the message unchanged; nothing is written.
 * @example
 * ```ts
 * throw new SignUpRefusedError('You need an invitation')
 * ```
 */
export const SignUpRefusedError = defineError<readonly [message: string]>('FAST_AUTH_SIGN_UP_REFUSED', '%s', 403)

/**
 * Refuses a sign-in: the hook `beforeSignIn` throws it. The client gets 403 and the message unchanged; no session is created.
 * @example
 * ```ts
 * throw new SignInRefusedError('Your subscription has ended')
 * ```
 */
export const SignInRefusedError = defineError<readonly [message: string]>('FAST_AUTH_SIGN_IN_REFUSED', '%s', 403)

/** A browser sent the request from a page of another site. */
export const CrossSiteRequestError = defineError(
  'FAST_AUTH_CROSS_SITE_REQUEST',
  'Requests from pages of other origins are refused',
  403,
)

/** The API key lacks a scope that the route requires. */
export const InsufficientScopeError = defineError(
  'FAST_AUTH_INSUFFICIENT_SCOPE',
  'The API key lacks a scope that this request requires',
  403,
  { 'www-authenticate': 'Bearer error="insufficient_scope"' },
)

/** The request has an API key, but the route requires a session. */
export const SessionRequiredError = defineError('FAST_AUTH_SESSION_REQUIRED', 'An API key cannot do this: sign in', 403)

/** The session is valid, but its sign-in is too long ago for this route. */
export const RecentSignInRequiredError = defineError(
  'FAST_AUTH_RECENT_SIGN_IN_REQUIRED',
  'Sign in again to do this',
  403,
)

/** The body did not arrive in time. The connection is closed: the rest of the body would be read as another request. */
export const BodyTimeoutError = defineError('FAST_AUTH_BODY_TIMEOUT', 'The body of the request took too long', 408, {
  connection: 'close',
})

/** The session does not exist, has ended, or belongs to another user. */
export const SessionNotFoundError = defineError('FAST_AUTH_SESSION_NOT_FOUND', 'You have no such session', 404)

const TakenError = defineError<readonly [what: string]>(
  'FAST_AUTH_USER_EXISTS',
  'There is an account with this %s',
  409,
)

/** The address or user name is taken. The message names the field for users, `taken` for programs. */
export class UserExistsError extends TakenError {
  readonly taken: Identifier

  constructor(taken: Identifier) {
    super(taken === 'email' ? 'address' : 'user name')
    this.taken = taken
  }
}
