import type { TSchema } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { TotpConfirmed } from '../second-factor/confirm-totp.js'
import { AuthResponse } from './auth-response.js'
import { Introspection } from './introspect-token.js'
import { RefreshTokenBody, refreshSession } from './refresh-session.js'
import { signOut } from './sign-out.js'

const [{ body: _refreshBody, ...refresh }, { body: _signOutBody, ...end }] = [refreshSession, signOut]

/** The operations that differ if there are access tokens only: none accepts a refresh token. */
export const singleToken = {
  /** In token mode `sliding`. */
  refreshSession: {
    ...refresh,
    summary: 'Exchange an access token for a new one',
    description:
      'An expired token cannot be exchanged. The client sends the token in the Authorization header or in the access cookie; the response uses the same transport. The session lives as long as the new token, up to its own maximum. Within a short grace time, concurrent and repeated calls with one token continue the same session. An older token ends it.',
    security: signedIn,
    response: {
      200: refreshSession.response[200],
      ...errorResponses({
        body: false,
        401: [...unauthenticatedCodes, 'FAST_AUTH_REFRESH_TOKEN_REUSED'],
        403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED', 'FAST_AUTH_EMAIL_NOT_CONFIRMED'],
      }),
    },
  },

  /** In token modes `access-only` and `sliding`. */
  signOut: {
    ...end,
    description:
      'The access token, which may have expired, identifies the session. The response is the same without a valid token.',
    security: [...signedIn, {}],
    response: {
      204: signOut.response[204],
      ...errorResponses({ body: false, 403: ['FAST_AUTH_CROSS_SITE_REQUEST'] }),
    },
  },
} as const satisfies Record<string, OperationSchema>

/** Returns the object schema without one of its properties. */
function without(schema: TSchema, name: string): TSchema {
  const { [name]: _, ...properties } = schema.properties
  return { ...schema, properties }
}

const tokenType = { type: 'string', enum: ['access_token', 'api_key'] } as const

const replaced: ReadonlyMap<string | undefined, TSchema> = new Map<string | undefined, TSchema>([
  [AuthResponse.$id, without(AuthResponse, 'refreshToken')],
  [TotpConfirmed.$id, without(TotpConfirmed, 'refreshToken')],
  [Introspection.$id, { ...Introspection, properties: { ...Introspection.properties, tokenType } }],
])

/** Returns the named schemas of an application that issues no refresh tokens. */
export function withoutRefreshTokens(named: readonly TSchema[]): readonly TSchema[] {
  return named.filter(({ $id }) => $id !== RefreshTokenBody.$id).map(schema => replaced.get(schema.$id) ?? schema)
}
