import { challenge } from '../../errors/challenges.js'
import { defineError } from '../../errors/define-error.js'

/** The code is wrong, used, expired or replaced, or another client requested it: the same error, whatever the reason. */
export const SignInCodeInvalidError = defineError(
  'FAST_AUTH_SIGN_IN_CODE_INVALID',
  'The code is not valid here: check it, or request a new one',
  401,
  challenge,
)
