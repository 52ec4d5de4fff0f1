/** The error codes of API keys. */
export const apiKeyErrorCodes = [
  'FAST_AUTH_API_KEY_INVALID',
  'FAST_AUTH_API_KEY_NOT_FOUND',
  'FAST_AUTH_API_KEY_LIMIT_REACHED',
] as const
