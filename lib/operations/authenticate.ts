import { AccessTokenExpiredError, AccessTokenInvalidError, SessionRevokedError } from '../errors/index.js'
import type { Instant, SessionRecord } from '../storage/storage.js'
import type { AccessTokenClaims } from '../tokens/access-token.js'
import { extraClaimsOf } from '../tokens/check-extra-claims.js'
import type { ExtraClaims } from '../tokens/extra-claims.js'
import type { Rooms } from './rooms.js'

/** Who a request comes from: what handlers find in `request.user`. */
export type AuthenticatedUser =
  | {
      readonly id: string
      readonly email: string
      readonly via: 'session'
      readonly sessionId: string
      /** What the option `claims` gave when the token was made; not there without that option. */
      readonly claims?: ExtraClaims
    }
  | {
      readonly id: string
      readonly email: string
      readonly via: 'apiKey'
      readonly apiKeyId: string
      readonly scopes: readonly string[]
    }

/** A verified credential. */
export interface Authentication {
  readonly user: AuthenticatedUser
  /** When the person last typed their password; `null` for an API key. */
  readonly signedInAt: Instant | null
}

export interface Authenticate {
  readonly accessToken: string
  readonly now: Instant
}

/**
 * Reads an access token. Not a promise unless the storage has to be asked (strict mode, or a revocation feed that is stale):
 * a protected route costs no more than the token's signature. A token that a refresh has ended is answered like one that
 * has expired: its client may have a newer one, or refresh.
 * @throws {AccessTokenInvalidError} @throws {AccessTokenExpiredError} @throws {SessionRevokedError}
 */
export function authenticate(
  rooms: Rooms,
  { accessToken, now }: Authenticate,
): Authentication | Promise<Authentication> {
  const claims = liveClaims(rooms, accessToken, now)
  const authentication: Authentication = {
    user: sessionUser(rooms, claims),
    signedInAt: claims.auth_time * 1000,
  }
  return rooms.asksStorage() ? ifLive(rooms, authentication, claims, now) : authentication
}

/**
 * What a token says that is good, as far as this process knows.
 * @throws {AccessTokenInvalidError} @throws {AccessTokenExpiredError} @throws {SessionRevokedError}
 */
export function liveClaims(rooms: Rooms, accessToken: string, now: Instant): AccessTokenClaims {
  const { outcome, claims } = rooms.accessTokens.read(accessToken, now)
  if (outcome === 'invalid') throw new AccessTokenInvalidError()
  if (rooms.revokedSessions.has(claims.sid)) throw new SessionRevokedError()
  const isSuperseded = rooms.revokedSessions.hasGeneration(claims.sid, claims.gen)
  if (outcome === 'expired' || isSuperseded) throw new AccessTokenExpiredError()
  return claims
}

function sessionUser({ claimsHook }: Rooms, claims: AccessTokenClaims): AuthenticatedUser {
  const user = { id: claims.sub, email: claims.email, via: 'session', sessionId: claims.sid } as const
  return claimsHook === null ? user : { ...user, claims: extraClaimsOf(claims) }
}

/** Whether a refresh has ended this token: what the storage says. */
export function isSupersededIn(
  { revokesPreviousAccessToken }: Rooms,
  { generation }: SessionRecord,
  { gen }: AccessTokenClaims,
): boolean {
  return revokesPreviousAccessToken && gen < generation
}

async function ifLive(
  rooms: Rooms,
  authentication: Authentication,
  claims: AccessTokenClaims,
  now: Instant,
): Promise<Authentication> {
  const session = await rooms.storage.sessions.find({ sessionId: claims.sid, now })
  if (session === null) throw new SessionRevokedError()
  if (isSupersededIn(rooms, session, claims)) throw new AccessTokenExpiredError()
  return authentication
}
