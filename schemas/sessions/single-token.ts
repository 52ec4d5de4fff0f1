import type { TSchema } from '@sinclair/typebox'
import { errorResponses, unauthenticatedCodes } from '../error-responses.js'
import { type OperationSchema, signedIn } from '../operation-schema.js'
import { acceptInvitation } from '../organizations/accept-invitation.js'
import { switchOrganization } from '../organizations/switch-organization.js'
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

  /** In token modes `access-only` and `sliding`. */
  switchOrganization: {
    ...switchOrganization,
    description:
      'Only this session changes: other devices of the user go on as before. The response has a new token, whose claims `org` and `org_role` name the organisation. It uses the transport of the request. Earlier tokens of the session act in the new organisation too.',
    response: {
      200: switchOrganization.response[200],
      ...errorResponses({
        body: true,
        401: unauthenticatedCodes,
        403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
        404: ['FAST_AUTH_ORGANIZATION_NOT_FOUND'],
      }),
    },
  },

  /** In token modes `access-only` and `sliding`. */
  acceptInvitation: {
    ...acceptInvitation,
    description:
      'Requires the token of the mailed link, and a session of the user who has the invited address. The session then acts in the organisation. The token came by mail, so it also confirms the address. A new user sends the token to `signUp` instead. The response has a new token and uses the transport of the request.',
    response: {
      200: acceptInvitation.response[200],
      ...errorResponses({
        body: true,
        400: ['FAST_AUTH_ONE_TIME_TOKEN_INVALID'],
        401: unauthenticatedCodes,
        403: ['FAST_AUTH_CROSS_SITE_REQUEST', 'FAST_AUTH_SESSION_REQUIRED'],
        409: ['FAST_AUTH_ORGANIZATION_FULL'],
      }),
    },
  },
} as const satisfies Record<string, OperationSchema>

/** Returns the object schema without one of its properties. */
function without(schema: TSchema, name: string): TSchema {
  const { [name]: _, ...properties } = schema.properties
  return { ...schema, properties }
}

const tokenType = { type: 'string', enum: ['access_token', 'api_key'] } as const

/** Returns the named schemas of an application that issues no refresh tokens. */
export function withoutRefreshTokens(named: readonly TSchema[]): readonly TSchema[] {
  return named
    .filter(({ $id }) => $id !== RefreshTokenBody.$id)
    .map(schema => {
      if (schema.$id === Introspection.$id) return { ...schema, properties: { ...schema.properties, tokenType } }
      return schema.properties?.refreshToken === undefined ? schema : without(schema, 'refreshToken')
    })
}
