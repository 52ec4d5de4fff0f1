import { type Static, Type } from '@sinclair/typebox'
import { AuthResponse } from './auth-response.js'
import { errorResponses } from './error-responses.js'
import { NoQuery } from './fields.js'
import type { OperationSchema } from './operation-schema.js'
import { reference } from './reference.js'

/** For both operations that a refresh token may be handed to. */
export const RefreshTokenBody = Type.Object(
  {
    refreshToken: Type.Optional(
      Type.String({ minLength: 1, maxLength: 512, description: 'With transport `token`; leave it out with cookies' }),
    ),
  },
  { $id: 'fast-auth.AuthRefreshToken', additionalProperties: false },
)
export type RefreshTokenBody = Static<typeof RefreshTokenBody>

export const refreshSession = {
  operationId: 'refreshSession',
  summary: 'Trade a refresh token for its successor and a new access token',
  description:
    'The token comes in the refresh cookie or in the body, never both, and the answer goes the way it came. In the cookie it must be of the session that the access cookie names, whose token may have expired. Parallel and repeated calls with one token get the same successor for a short grace time; presenting an older one ends the session.',
  tags: ['Authentication'],
  security: [{ refreshCookie: [] }, {}],
  querystring: NoQuery,
  body: reference(RefreshTokenBody),
  response: {
    200: reference(AuthResponse, { description: 'The session goes on with these tokens' }),
    ...errorResponses({
      body: true,
      401: [
        'FAST_AUTH_UNAUTHENTICATED',
        'FAST_AUTH_REFRESH_TOKEN_INVALID',
        'FAST_AUTH_REFRESH_TOKEN_REUSED',
        'FAST_AUTH_COOKIES_MISMATCHED',
      ],
      403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_EMAIL_NOT_CONFIRMED'],
    }),
  },
} satisfies OperationSchema
