import { challenge } from '../../errors/challenges.js'
import { defineError } from '../../errors/define-error.js'

/** The passkey does not sign the user in: the same error, whatever the reason. */
export const PasskeyInvalidError = defineError(
  'FAST_AUTH_PASSKEY_INVALID',
  'The passkey is not valid here',
  401,
  challenge,
)

/** The response of the authenticator is malformed, or belongs to another page, session or challenge; or the challenge has expired. */
export const PasskeyRegistrationInvalidError = defineError(
  'FAST_AUTH_PASSKEY_REGISTRATION_INVALID',
  'The passkey cannot be added: begin again with new options',
  400,
)

/** The passkey is stored already, for this user or another. */
export const PasskeyAlreadyRegisteredError = defineError(
  'FAST_AUTH_PASSKEY_ALREADY_REGISTERED',
  'The passkey is registered already',
  409,
)

/** The user has the maximum number of passkeys. */
export const PasskeyLimitReachedError = defineError(
  'FAST_AUTH_PASSKEY_LIMIT_REACHED',
  'You have the maximum number of passkeys: delete one first',
  409,
)

/** The passkey does not exist, or belongs to another user. */
export const PasskeyNotFoundError = defineError('FAST_AUTH_PASSKEY_NOT_FOUND', 'You have no such passkey', 404)
