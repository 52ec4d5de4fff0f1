import { type Static, Type } from '@sinclair/typebox'
import { errorResponses } from '../error-responses.js'
import { NoQuery } from '../fields.js'
import type { OperationSchema } from '../operation-schema.js'
import { reference } from '../reference.js'
import { AuthResponse } from './auth-response.js'

/** The body of both operations that accept a refresh token. */
export const RefreshTokenBody = Type.Object(
  {
    refreshToken: Type.Optional(
      Type.String({ minLength: 1, maxLength: 512, description: 'Only with transport `token`; omit it with cookies' }),
    ),
  },
  { $id: 'fast-auth.AuthRefreshToken', additionalProperties: false },
)
export type RefreshTokenBody = Static<typeof RefreshTokenBody>

/** The schema of the operation `refreshSession`. */
export const refreshSession = {
  operationId: 'refreshSession',
  summary: 'Exchange a refresh token for a new token pair',
  description:
    'The client sends the token in the refresh cookie or in the body, never both; the response uses the same transport. A refresh cookie must belong to the session of the access cookie, whose token may have expired. Within a short grace time, concurrent and repeated calls with one token get the same successor. An older token ends the session.',
  tags: ['Authentication'],
  security: [{ refreshCookie: [] }, {}],
  querystring: NoQuery,
  body: reference(RefreshTokenBody),
  response: {
    200: reference(AuthResponse, { description: 'The session continues with these tokens' }),
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
