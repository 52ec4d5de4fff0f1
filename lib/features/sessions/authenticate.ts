import { AccessTokenExpiredError, AccessTokenInvalidError, SessionRevokedError } from '../../errors/index.js'
import type { AuthenticatedUser, Authentication } from '../../http/authentication.js'
import type { CurrentOrganization, EpochMilliseconds, SessionRecord } from '../../storage/records.js'
import type { AccessTokenClaims } from '../../tokens/access-token.js'
import { claimSecondFactor } from '../../tokens/authentication-methods.js'
import { extraClaimsOf } from '../../tokens/check-extra-claims.js'
import type { Dependencies } from '../dependencies.js'
import { extraClaims, isSameOrganization } from './extra-claims.js'
import { userOfCredential } from './user-of-credential.js'

export interface Authenticate {
  readonly accessToken: string
  readonly now: EpochMilliseconds
}

type SessionUser = AuthenticatedUser & { readonly via: 'session' }

interface SessionAuthentication extends Authentication {
  readonly user: SessionUser
}

type AuthenticationDependencies = Pick<
  Dependencies,
  | 'accessTokens'
  | 'asksStorage'
  | 'claimsHook'
  | 'hasOrganizations'
  | 'hasRefreshTokens'
  | 'revokedSessions'
  | 'revokesPreviousAccessToken'
  | 'storage'
>

/**
 * Authenticates an access token. Returns a promise only if the storage has to be asked (strict mode, or a stale revocation
 * feed): otherwise a protected route costs only the check of the signature. A token that a refresh or a change of a membership has
 * ended gets the answer of an expired token: its client may have a newer one, or can refresh. If there are no refresh tokens, its
 * client cannot: the storage is asked for the present role, at each request until the token is exchanged or expires.
 * @throws {AccessTokenInvalidError} @throws {AccessTokenExpiredError} @throws {SessionRevokedError}
 */
export function authenticate(
  dependencies: AuthenticationDependencies,
  { accessToken, now }: Authenticate,
): Authentication | Promise<Authentication> {
  const { hasRefreshTokens, revokedSessions } = dependencies
  const claims = liveClaims(dependencies, accessToken, now)
  const isSuperseded = revokedSessions.hasGeneration(claims.sid, claims.gen)
  if (isSuperseded && hasRefreshTokens) throw new AccessTokenExpiredError()
  const authentication: SessionAuthentication = {
    user: sessionUser(dependencies, claims),
    authenticatedAt: claims.auth_time * 1000,
    hasSecondFactor: claimSecondFactor(claims),
  }
  const isAsked = isSuperseded || dependencies.asksStorage()
  return isAsked ? ifLive(dependencies, authentication, claims, now) : authentication
}

/**
 * Returns the claims of a valid token of a session that has not ended, as far as this process knows of revocations. A change of a
 * membership may have ended the token.
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
  if (outcome === 'expired') throw new AccessTokenExpiredError()
  return claims
}

/** Returns the organisation that a token names. */
export function organizationOfClaims({ org, org_role: role }: AccessTokenClaims): CurrentOrganization | null {
  return org === undefined || role === undefined ? null : { id: org, role }
}

function sessionUser(
  { claimsHook, hasOrganizations }: Pick<Dependencies, 'claimsHook' | 'hasOrganizations'>,
  claims: AccessTokenClaims,
): SessionUser {
  const bare = { id: claims.sub, email: claims.email, via: 'session', sessionId: claims.sid } as const
  const user = hasOrganizations ? { ...bare, organization: organizationOfClaims(claims) } : bare
  return claimsHook === null ? user : { ...user, claims: extraClaimsOf(claims, { hasOrganizations }) }
}

/** Returns whether a refresh, or a change of a membership, has ended this token, according to the storage. */
export function isSupersededIn(
  {
    hasOrganizations,
    hasRefreshTokens,
    revokesPreviousAccessToken,
  }: Pick<Dependencies, 'hasOrganizations' | 'hasRefreshTokens' | 'revokesPreviousAccessToken'>,
  { generation, organization }: SessionRecord,
  claims: AccessTokenClaims,
): boolean {
  const hasCurrentRole = !hasOrganizations || isSameOrganization(organization, organizationOfClaims(claims))
  if (hasRefreshTokens && !hasCurrentRole) return true
  return revokesPreviousAccessToken && claims.gen < generation
}

/** Returns the user with the organisation and the claims of the session, if the token names a former role. */
async function withCurrentRole(
  dependencies: AuthenticationDependencies,
  user: SessionUser,
  { organization, userId }: SessionRecord,
): Promise<SessionUser> {
  const { claimsHook, hasOrganizations } = dependencies
  if (!hasOrganizations || isSameOrganization(organization, user.organization ?? null)) return user
  if (claimsHook === null) return { ...user, organization }
  const record = await userOfCredential(dependencies, { userId })
  return { ...user, organization, claims: await extraClaims(dependencies, record, organization) }
}

async function ifLive(
  dependencies: AuthenticationDependencies,
  authentication: SessionAuthentication,
  claims: AccessTokenClaims,
  now: EpochMilliseconds,
): Promise<Authentication> {
  const session = await dependencies.storage.sessions.find({ sessionId: claims.sid, now })
  if (session === null) throw new SessionRevokedError()
  if (isSupersededIn(dependencies, session, claims)) throw new AccessTokenExpiredError()
  return { ...authentication, user: await withCurrentRole(dependencies, authentication.user, session) }
}
