import { badToken } from '../../errors/challenges.js'
import { defineError } from '../../errors/define-error.js'

/** Mistyped, never created, deleted or expired: the same error for all. */
export const ApiKeyInvalidError = defineError('FAST_AUTH_API_KEY_INVALID', 'The API key is not valid', 401, badToken)

/** The API key does not exist, or belongs to another user. */
export const ApiKeyNotFoundError = defineError('FAST_AUTH_API_KEY_NOT_FOUND', 'You have no such API key', 404)

/** The user has the maximum number of keys. Expired keys count until they are deleted. */
export const ApiKeyLimitReachedError = defineError(
  'FAST_AUTH_API_KEY_LIMIT_REACHED',
  'You have the maximum number of API keys: delete one first',
  409,
)
