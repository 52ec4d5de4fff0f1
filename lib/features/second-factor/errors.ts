import { defineError } from '../../errors/define-error.js'

/** The user has an authenticator app. They have to remove it before they set up another. */
export const TotpAlreadySetError = defineError(
  'FAST_AUTH_TOTP_ALREADY_SET',
  'You have an authenticator app: remove it first',
  409,
)

/** The user has no authenticator app to confirm or to remove, or the time to confirm it is over. */
export const TotpNotFoundError = defineError('FAST_AUTH_TOTP_NOT_FOUND', 'You have no such authenticator app', 404)
