import { challenge } from './challenges.js'
import { defineError } from './define-error.js'

/** The token of the sign-in is missing or invalid, has expired, or the account has changed since. */
export const SignInExpiredError = defineError(
  'FAST_AUTH_SIGN_IN_EXPIRED',
  'The sign-in has expired: begin again',
  401,
  challenge,
)

/** A code that is wrong, was used before or has expired: the same error for all. */
export const SecondFactorInvalidError = defineError(
  'FAST_AUTH_SECOND_FACTOR_INVALID',
  'The second factor is wrong',
  401,
  challenge,
)

/** The session has no second factor, or gave it too long ago for this request. */
export const SecondFactorRequiredError = defineError(
  'FAST_AUTH_SECOND_FACTOR_REQUIRED',
  'Give your second factor to do this',
  403,
)

/** Every user must have a second factor, and this one has none yet: the session only allows to set it up. */
export const SecondFactorSetupRequiredError = defineError(
  'FAST_AUTH_SECOND_FACTOR_SETUP_REQUIRED',
  'Set up a second factor first',
  403,
)
