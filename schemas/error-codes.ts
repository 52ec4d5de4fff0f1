import { apiKeyErrorCodes } from './api-keys/error-codes.js'
import { emailCodeErrorCodes } from './email-codes/error-codes.js'
import { organizationErrorCodes } from './organizations/error-codes.js'
import { passkeyErrorCodes } from './passkeys/error-codes.js'
import { providerErrorCodes } from './providers/error-codes.js'
import { secondFactorErrorCodes } from './second-factor/error-codes.js'

/** Every error code in responses of fast-auth. Each route documents the codes that it can send. */
export const errorCodes = [
  'FAST_AUTH_PASSWORD_TOO_WEAK',
  'FAST_AUTH_ONE_TIME_TOKEN_INVALID',
  'FAST_AUTH_INVALID_CREDENTIALS',
  'FAST_AUTH_UNAUTHENTICATED',
  'FAST_AUTH_ACCESS_TOKEN_INVALID',
  'FAST_AUTH_ACCESS_TOKEN_EXPIRED',
  'FAST_AUTH_SESSION_REVOKED',
  'FAST_AUTH_REFRESH_TOKEN_INVALID',
  'FAST_AUTH_REFRESH_TOKEN_REUSED',
  'FAST_AUTH_COOKIES_MISMATCHED',
  'FAST_AUTH_EMAIL_NOT_CONFIRMED',
  'FAST_AUTH_USER_DISABLED',
  'FAST_AUTH_SIGN_UP_REFUSED',
  'FAST_AUTH_SIGN_IN_REFUSED',
  'FAST_AUTH_CROSS_SITE_REQUEST',
  'FAST_AUTH_INSUFFICIENT_SCOPE',
  'FAST_AUTH_SESSION_REQUIRED',
  'FAST_AUTH_RECENT_SIGN_IN_REQUIRED',
  'FAST_AUTH_SESSION_NOT_FOUND',
  'FAST_AUTH_BODY_TIMEOUT',
  'FAST_AUTH_USER_EXISTS',
  'FAST_AUTH_LAST_SIGN_IN_METHOD',
  ...secondFactorErrorCodes,
  ...passkeyErrorCodes,
  ...emailCodeErrorCodes,
  ...providerErrorCodes,
  ...organizationErrorCodes,
  ...apiKeyErrorCodes,
  'FAST_AUTH_TOO_MANY_REQUESTS',
  'FAST_AUTH_HASHING_BUSY',
  'FAST_AUTH_STORAGE_UNAVAILABLE',
  'FAST_AUTH_STORAGE_CONSTRAINT_VIOLATED',
  'FAST_AUTH_INTERNAL_ERROR',
] as const

/** A code of an error in responses. */
export type ErrorCode = (typeof errorCodes)[number]

/** Every code with which `register` refuses to start. */
export const bootErrorCodes = [
  'FAST_AUTH_OPTION_INVALID',
  'FAST_AUTH_SECRET_UNSAFE',
  'FAST_AUTH_COOKIES_INSECURE',
  'FAST_AUTH_STORAGE_INCOMPLETE',
  'FAST_AUTH_PASSWORD_HASHER_UNAVAILABLE',
  'FAST_AUTH_PASSKEYS_UNAVAILABLE',
  'FAST_AUTH_PROVIDERS_UNAVAILABLE',
] as const

/** A code with which `register` refuses to start. */
export type BootErrorCode = (typeof bootErrorCodes)[number]
