import type { Introspection } from '../../../schemas/sessions/introspect-token.js'
import type { EpochMilliseconds, SessionRecord } from '../../storage/records.js'
import type { AccessTokenClaims } from '../../tokens/access-token.js'
import { claimSecondFactor, haveSecondFactor } from '../../tokens/authentication-methods.js'
import type { RefreshTokenContent } from '../../tokens/refresh-token.js'
import type { Dependencies } from '../dependencies.js'
import { isSupersededIn } from './authenticate.js'
import { classifyRotation } from './classify-rotation.js'

export interface IntrospectToken {
  readonly token: string
  /** The requesting user, who learns only about their own tokens; `null`: a service, which may ask about any token. */
  readonly userId: string | null
  readonly now: EpochMilliseconds
}

const inactive = { active: false } as const

function seconds(time: EpochMilliseconds): number {
  return Math.floor(time / 1000)
}

/** Returns whether a token of this generation could be exchanged now. */
function isExchangeable(
  dependencies: Pick<Dependencies, 'sessionLifetimes'>,
  session: SessionRecord,
  generation: number,
  now: EpochMilliseconds,
): boolean {
  const graceMilliseconds = dependencies.sessionLifetimes.graceSeconds * 1000
  const outcome = classifyRotation(session, { generation, now, graceMilliseconds })
  return outcome === 'rotated' || outcome === 'repeated'
}

/** Returns whether the session lacks a second factor that the application requires: no guard accepts it. */
function lacksSecondFactor({ secondFactor }: Pick<Dependencies, 'secondFactor'>, { methods }: SessionRecord): boolean {
  return secondFactor === 'required' && !haveSecondFactor(methods)
}

/** Returns the organisation of a session, if the application has organisations. */
function organizationIn({ hasOrganizations }: Pick<Dependencies, 'hasOrganizations'>, { organization }: SessionRecord) {
  return hasOrganizations ? { organization } : {}
}

async function introspectRefreshToken(
  dependencies: Pick<Dependencies, 'hasOrganizations' | 'secondFactor' | 'sessionLifetimes' | 'storage'>,
  presented: RefreshTokenContent,
  now: EpochMilliseconds,
) {
  const { sessionId, generation } = presented
  const session = await dependencies.storage.sessions.find({ sessionId, now })
  if (session === null || lacksSecondFactor(dependencies, session)) return inactive
  if (!isExchangeable(dependencies, session, generation, now)) return inactive
  const { userId: sub, rotatedAt, expiresAt } = session
  const times = { iat: seconds(rotatedAt), exp: seconds(expiresAt) }
  return {
    active: true,
    tokenType: 'refresh_token',
    sub,
    sessionId,
    ...times,
    ...organizationIn(dependencies, session),
  } as const
}

async function introspectAccessToken(
  dependencies: Pick<
    Dependencies,
    'hasOrganizations' | 'hasRefreshTokens' | 'revokesPreviousAccessToken' | 'secondFactor' | 'storage'
  >,
  claims: AccessTokenClaims,
  now: EpochMilliseconds,
) {
  const { sid: sessionId, sub, iat, exp } = claims
  const session = await dependencies.storage.sessions.find({ sessionId, now })
  if (session === null || isSupersededIn(dependencies, session, claims)) return inactive
  if (dependencies.secondFactor === 'required' && !claimSecondFactor(claims)) return inactive
  return {
    active: true,
    tokenType: 'access_token',
    sub,
    sessionId,
    iat,
    exp,
    ...organizationIn(dependencies, session),
  } as const
}

async function introspect(
  dependencies: Pick<
    Dependencies,
    | 'accessTokens'
    | 'credentials'
    | 'hasOrganizations'
    | 'hasRefreshTokens'
    | 'refreshTokens'
    | 'revokesPreviousAccessToken'
    | 'secondFactor'
    | 'sessionLifetimes'
    | 'storage'
  >,
  token: string,
  now: EpochMilliseconds,
): Promise<Introspection> {
  for (const credential of dependencies.credentials.filter(({ isOfThisKind }) => isOfThisKind(token))) {
    const introspection = await credential.introspect(token, now)
    if (introspection.active) return introspection
  }
  const presented = dependencies.refreshTokens.read(token)
  if (presented !== null)
    return dependencies.hasRefreshTokens ? introspectRefreshToken(dependencies, presented, now) : inactive
  const { outcome, claims } = dependencies.accessTokens.read(token, now)
  return outcome === 'valid' ? introspectAccessToken(dependencies, claims, now) : inactive
}

/**
 * Returns the current state of a token from the storage, so a session that another process has just ended counts as ended.
 * Consumes nothing. A token that is not authentic costs no storage call.
 */
export async function introspectToken(
  dependencies: Pick<
    Dependencies,
    | 'accessTokens'
    | 'credentials'
    | 'hasOrganizations'
    | 'hasRefreshTokens'
    | 'refreshTokens'
    | 'revokesPreviousAccessToken'
    | 'secondFactor'
    | 'sessionLifetimes'
    | 'storage'
  >,
  { token, userId, now }: IntrospectToken,
): Promise<Introspection> {
  const introspection = await introspect(dependencies, token, now)
  const isForeign = introspection.active && userId !== null && introspection.sub !== userId
  return isForeign ? inactive : introspection
}
