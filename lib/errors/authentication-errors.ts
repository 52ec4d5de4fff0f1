import { badToken, challenge } from './challenges.js'
import { defineError } from './define-error.js'

/** Unknown address, unknown user name, wrong password: the same error for all. */
export const InvalidCredentialsError = defineError(
  'FAST_AUTH_INVALID_CREDENTIALS',
  'The credentials are wrong',
  401,
  challenge,
)

/** The request had no credential. */
export const UnauthenticatedError = defineError('FAST_AUTH_UNAUTHENTICATED', 'Sign in first', 401, challenge)

/** The token was not made by this application, or is not an access token. */
export const AccessTokenInvalidError = defineError(
  'FAST_AUTH_ACCESS_TOKEN_INVALID',
  'The access token is not valid',
  401,
  badToken,
)

/** In token mode `pair` a client refreshes once on this code, then repeats its request. In the other modes the user signs in again. */
export const AccessTokenExpiredError = defineError(
  'FAST_AUTH_ACCESS_TOKEN_EXPIRED',
  'The access token has expired: refresh the session or sign in again',
  401,
  badToken,
)

/** The token is authentic and not expired, but its session was ended. */
export const SessionRevokedError = defineError(
  'FAST_AUTH_SESSION_REVOKED',
  'The session has ended: sign in again',
  401,
  badToken,
)

/** The refresh token was not made by this application, or its session no longer exists. */
export const RefreshTokenInvalidError = defineError(
  'FAST_AUTH_REFRESH_TOKEN_INVALID',
  'The refresh token is not valid: sign in again',
  401,
  badToken,
)

/** A client refreshed with an older token, so the token was copied: the session has been ended (RFC 9700, section 4.14.2). */
export const RefreshTokenReusedError = defineError(
  'FAST_AUTH_REFRESH_TOKEN_REUSED',
  'The token was refreshed before: the session has been ended, sign in again',
  401,
  badToken,
)

/** The cookies of a request belong to different sessions: another host set one of them, or one remains of former settings. */
export const CookiesMismatchedError = defineError(
  'FAST_AUTH_COOKIES_MISMATCHED',
  'The cookies of this request do not belong to one session: sign in again',
  401,
  badToken,
)

/** The credential is the only way in which the user can sign in. */
export const LastSignInMethodError = defineError(
  'FAST_AUTH_LAST_SIGN_IN_METHOD',
  'This is your only way to sign in: add another first',
  409,
)
