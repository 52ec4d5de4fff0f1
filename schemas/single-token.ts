import type { TSchema } from '@sinclair/typebox'
import { AuthResponse } from './auth-response.js'
import { errorResponses, unauthenticatedCodes } from './error-responses.js'
import { Introspection } from './introspect-token.js'
import { type OperationSchema, signedIn } from './operation-schema.js'
import { RefreshTokenBody, refreshSession } from './refresh-session.js'
import { signOut } from './sign-out.js'

const [{ body: _refreshBody, ...refresh }, { body: _signOutBody, ...end }] = [refreshSession, signOut]

/** The operations that are otherwise where there are access tokens only: none takes a refresh token. */
export const singleToken = {
  /** In token mode `sliding`. */
  refreshSession: {
    ...refresh,
    summary: 'Trade an access token for its successor',
    description:
      'Before it expires: an expired one cannot be traded. It comes in the Authorization header or in the access cookie, and the answer goes the way it came. The session goes on for as long as the new token, until its own end. Parallel and repeated calls with one token continue one session for a short grace time; presenting an older one ends it.',
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
      'The session is named by the access token, which may have expired. Without a usable one the answer is the same.',
    security: [...signedIn, {}],
    response: {
      204: signOut.response[204],
      ...errorResponses({ body: false, 403: ['FAST_AUTH_CROSS_SITE_REQUEST'] }),
    },
  },
} as const satisfies Record<string, OperationSchema>

/** The properties of an object schema, but for one. */
function without(schema: TSchema, name: string): TSchema {
  const { [name]: _, ...properties } = schema.properties
  return { ...schema, properties }
}

const tokenType = { type: 'string', enum: ['access_token', 'api_key'] } as const

const replaced: ReadonlyMap<string | undefined, TSchema> = new Map<string | undefined, TSchema>([
  [AuthResponse.$id, without(AuthResponse, 'refreshToken')],
  [Introspection.$id, { ...Introspection, properties: { ...Introspection.properties, tokenType } }],
])

/** The named schemas of an application that gives out no refresh tokens. */
export function withoutRefreshTokens(named: readonly TSchema[]): readonly TSchema[] {
  return named.filter(({ $id }) => $id !== RefreshTokenBody.$id).map(schema => replaced.get(schema.$id) ?? schema)
}
