import { AccessTokenExpiredError, AccessTokenInvalidError, SessionRevokedError } from '../errors/index.js'
import type { EpochMilliseconds, SessionRecord } from '../storage/storage.js'
import type { AccessTokenClaims } from '../tokens/access-token.js'
import { extraClaimsOf } from '../tokens/check-extra-claims.js'
import type { ExtraClaims } from '../tokens/extra-claims.js'
import type { Dependencies } from './dependencies.js'

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
  readonly signedInAt: EpochMilliseconds | null
}

export interface Authenticate {
  readonly accessToken: string
  readonly now: EpochMilliseconds
}

/**
 * Reads an access token. Not a promise unless the storage has to be asked (strict mode, or a revocation feed that is stale):
 * a protected route costs no more than the token's signature. A token that a refresh has ended is answered like one that
 * has expired: its client may have a newer one, or refresh.
 * @throws {AccessTokenInvalidError} @throws {AccessTokenExpiredError} @throws {SessionRevokedError}
 */
export function authenticate(
  dependencies: Dependencies,
  { accessToken, now }: Authenticate,
): Authentication | Promise<Authentication> {
  const claims = liveClaims(dependencies, accessToken, now)
  const authentication: Authentication = {
    user: sessionUser(dependencies, claims),
    signedInAt: claims.auth_time * 1000,
  }
  return dependencies.asksStorage() ? ifLive(dependencies, authentication, claims, now) : authentication
}

/**
 * What a token says that is good, as far as this process knows.
 * @throws {AccessTokenInvalidError} @throws {AccessTokenExpiredError} @throws {SessionRevokedError}
 */
export function liveClaims(dependencies: Dependencies, accessToken: string, now: EpochMilliseconds): AccessTokenClaims {
  const { outcome, claims } = dependencies.accessTokens.read(accessToken, now)
  if (outcome === 'invalid') throw new AccessTokenInvalidError()
  if (dependencies.revokedSessions.has(claims.sid)) throw new SessionRevokedError()
  const isSuperseded = dependencies.revokedSessions.hasGeneration(claims.sid, claims.gen)
  if (outcome === 'expired' || isSuperseded) throw new AccessTokenExpiredError()
  return claims
}

function sessionUser({ claimsHook }: Dependencies, claims: AccessTokenClaims): AuthenticatedUser {
  const user = { id: claims.sub, email: claims.email, via: 'session', sessionId: claims.sid } as const
  return claimsHook === null ? user : { ...user, claims: extraClaimsOf(claims) }
}

/** Whether a refresh has ended this token: what the storage says. */
export function isSupersededIn(
  { revokesPreviousAccessToken }: Dependencies,
  { generation }: SessionRecord,
  { gen }: AccessTokenClaims,
): boolean {
  return revokesPreviousAccessToken && gen < generation
}

async function ifLive(
  dependencies: Dependencies,
  authentication: Authentication,
  claims: AccessTokenClaims,
  now: EpochMilliseconds,
): Promise<Authentication> {
  const session = await dependencies.storage.sessions.find({ sessionId: claims.sid, now })
  if (session === null) throw new SessionRevokedError()
  if (isSupersededIn(dependencies, session, claims)) throw new AccessTokenExpiredError()
  return authentication
}
