import { Type } from '@sinclair/typebox'
import type { ErrorCode } from '../error-codes.js'

/** The refresh token beside the access token, in operations that continue the session with new tokens and ask for no other proof. */
export const PresentedRefreshToken = Type.String({
  minLength: 1,
  maxLength: 512,
  description:
    'The refresh token of the session. Required beside an access token in the Authorization header; omit it with cookies',
})

/** The 401 codes of the operations that check it. */
export const refreshTokenCodes = [
  'FAST_AUTH_REFRESH_TOKEN_INVALID',
  'FAST_AUTH_REFRESH_TOKEN_REUSED',
] as const satisfies readonly ErrorCode[]
