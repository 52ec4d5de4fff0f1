import { defineError } from './define-error.js'

/** An option is missing, unknown or out of range; the message names it and says what is allowed. */
export const OptionInvalidError = defineError<readonly [sentence: string]>('FAST_AUTH_OPTION_INVALID', '%s', 500)

/** A secret is short, guessable or known from documentation. */
export const SecretUnsafeError = defineError<readonly [sentence: string]>('FAST_AUTH_SECRET_UNSAFE', '%s', 500)

/** Cookies would be sent unencrypted in production. */
export const CookiesInsecureError = defineError<readonly [sentence: string]>('FAST_AUTH_COOKIES_INSECURE', '%s', 500)

/** The storage lacks a method of the `Storage` interface. */
export const StorageIncompleteError = defineError<readonly [sentence: string]>(
  'FAST_AUTH_STORAGE_INCOMPLETE',
  '%s',
  500,
)

/** Passkeys cannot be verified: the package `@simplewebauthn/server` is missing. */
export const PasskeysUnavailableError = defineError<readonly [sentence: string]>(
  'FAST_AUTH_PASSKEYS_UNAVAILABLE',
  '%s',
  500,
)

/** Other providers cannot sign users in: the package `openid-client` is missing. */
export const ProvidersUnavailableError = defineError<readonly [sentence: string]>(
  'FAST_AUTH_PROVIDERS_UNAVAILABLE',
  '%s',
  500,
)

/** Passwords cannot be hashed with these options: a package is missing, or the self-test at boot failed. */
export const PasswordHasherUnavailableError = defineError<readonly [sentence: string]>(
  'FAST_AUTH_PASSWORD_HASHER_UNAVAILABLE',
  '%s',
  500,
)
