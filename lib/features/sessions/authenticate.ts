import { AccessTokenExpiredError, AccessTokenInvalidError, SessionRevokedError } from '../../errors/index.js'
import type { AuthenticatedUser, Authentication } from '../../http/authentication.js'
import type { CurrentOrganization, EpochMilliseconds, SessionRecord } from '../../storage/records.js'
import type { AccessTokenClaims } from '../../tokens/access-token.js'
import { claimSecondFactor } from '../../tokens/authentication-methods.js'
import { extraClaimsOf } from '../../tokens/check-extra-claims.js'
import type { Dependencies } from '../dependencies.js'
import { isSameOrganization } from './extra-claims.js'

export interface Authenticate {
  readonly accessToken: string
  readonly now: EpochMilliseconds
}

/**
 * Authenticates an access token. Returns a promise only if the storage has to be asked (strict mode, or a stale revocation
 * feed): otherwise a protected route costs only the check of the signature. A token that a refresh has ended gets the answer of
 * an expired token: its client may have a newer one, or can refresh.
 * @throws {AccessTokenInvalidError} @throws {AccessTokenExpiredError} @throws {SessionRevokedError}
 */
export function authenticate(
  dependencies: Pick<
    Dependencies,
    | 'accessTokens'
    | 'asksStorage'
    | 'claimsHook'
    | 'hasOrganizations'
    | 'revokedSessions'
    | 'revokesPreviousAccessToken'
    | 'storage'
  >,
  { accessToken, now }: Authenticate,
): Authentication | Promise<Authentication> {
  const claims = liveClaims(dependencies, accessToken, now)
  const authentication: Authentication = {
    user: sessionUser(dependencies, claims),
    authenticatedAt: claims.auth_time * 1000,
    hasSecondFactor: claimSecondFactor(claims),
  }
  return dependencies.asksStorage() ? ifLive(dependencies, authentication, claims, now) : authentication
}

/**
 * Returns the claims of a valid token, as far as this process knows of revocations.
 * @throws {AccessTokenInvalidError} @throws {AccessTokenExpiredError} @throws {SessionRevokedError}
 */
export function liveClaims(
  dependencies: Pick<Dependencies, 'accessTokens' | 'revokedSessions'>,
  accessToken: string,
  now: EpochMilliseconds,
): AccessTokenClaims {
  const { outcome, claims } = dependencies.accessTokens.read(accessToken, now)
  if (outcome === 'invalid') throw new AccessTokenInvalidError()
  if (dependencies.revokedSessions.has(claims.sid)) throw new SessionRevokedError()
  const isSuperseded = dependencies.revokedSessions.hasGeneration(claims.sid, claims.gen)
  if (outcome === 'expired' || isSuperseded) throw new AccessTokenExpiredError()
  return claims
}

/** Returns the organisation that a token names. */
export function organizationOfClaims({ org, org_role: role }: AccessTokenClaims): CurrentOrganization | null {
  return org === undefined || role === undefined ? null : { id: org, role }
}

function sessionUser(
  { claimsHook, hasOrganizations }: Pick<Dependencies, 'claimsHook' | 'hasOrganizations'>,
  claims: AccessTokenClaims,
): AuthenticatedUser {
  const bare = { id: claims.sub, email: claims.email, via: 'session', sessionId: claims.sid } as const
  const user = hasOrganizations ? { ...bare, organization: organizationOfClaims(claims) } : bare
  return claimsHook === null ? user : { ...user, claims: extraClaimsOf(claims, { hasOrganizations }) }
}

/** Returns whether a refresh, or a change of a membership, has ended this token, according to the storage. */
export function isSupersededIn(
  {
    hasOrganizations,
    revokesPreviousAccessToken,
  }: Pick<Dependencies, 'hasOrganizations' | 'revokesPreviousAccessToken'>,
  { generation, organization }: SessionRecord,
  claims: AccessTokenClaims,
): boolean {
  if (hasOrganizations && !isSameOrganization(organization, organizationOfClaims(claims))) return true
  return revokesPreviousAccessToken && claims.gen < generation
}

async function ifLive(
  dependencies: Pick<Dependencies, 'hasOrganizations' | 'revokesPreviousAccessToken' | 'storage'>,
  authentication: Authentication,
  claims: AccessTokenClaims,
  now: EpochMilliseconds,
): Promise<Authentication> {
  const session = await dependencies.storage.sessions.find({ sessionId: claims.sid, now })
  if (session === null) throw new SessionRevokedError()
  if (isSupersededIn(dependencies, session, claims)) throw new AccessTokenExpiredError()
  return authentication
}
