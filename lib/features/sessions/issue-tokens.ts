import { randomUUID } from 'node:crypto'
import type {
  CurrentOrganization,
  EpochMilliseconds,
  SessionRecord,
  SignInMethod,
  UserRecord,
} from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import { authenticationMethodReferences } from '../../tokens/authentication-methods.js'
import type { ExtraClaims } from '../../tokens/extra-claims.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import type { SessionLifetimes } from '../../tokens/session-lifetimes.js'
import type { Dependencies } from '../dependencies.js'

/** The beginning of a session. */
export interface NewSession {
  readonly userId: string
  /** The methods of the proofs that open it. */
  readonly methods: readonly SignInMethod[]
  /** The organisation in which it acts from the beginning. Default: in none. */
  readonly organization?: CurrentOrganization | null
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** Creates the record of a new session; does not store it. */
export function newSession(
  lifetimes: SessionLifetimes,
  { userId, methods, organization = null, client: { ip, userAgent }, now }: NewSession,
): SessionRecord {
  const absoluteExpiresAt = lifetimes.absoluteExpiresAt(now)
  return {
    id: randomUUID(),
    userId,
    generation: 0,
    createdAt: now,
    methods,
    authenticatedAt: now,
    rotatedAt: now,
    expiresAt: Math.min(lifetimes.idleExpiresAt(now), absoluteExpiresAt),
    absoluteExpiresAt,
    userAgent,
    ip,
    organization,
  }
}

/** The user that tokens are for, and the tokens' further claims. */
export interface TokenSubject {
  readonly user: UserRecord
  readonly session: SessionRecord
  readonly extraClaims: ExtraClaims
}

/** Issues the tokens of a stored session's current generation. */
export function issueTokens(
  dependencies: Pick<
    Dependencies,
    'accessTokens' | 'hasOrganizations' | 'hasRefreshTokens' | 'hasReauthentication' | 'refreshTokens'
  >,
  { user, session, extraClaims }: TokenSubject,
  now: EpochMilliseconds,
): IssuedTokens {
  const { accessToken, expiresAt } = dependencies.accessTokens.issue(
    {
      userId: user.id,
      email: user.email,
      sessionId: session.id,
      generation: session.generation,
      authenticatedAt: session.authenticatedAt,
      methodReferences: dependencies.hasReauthentication ? authenticationMethodReferences(session.methods) : null,
      sessionExpiresAt: session.expiresAt,
      extraClaims,
      organization: dependencies.hasOrganizations ? session.organization : null,
    },
    now,
  )
  const { id: sessionId, generation } = session
  const refreshToken = dependencies.hasRefreshTokens
    ? dependencies.refreshTokens.issue({ sessionId, generation })
    : null
  return { user, session, accessToken, accessTokenExpiresAt: expiresAt, refreshToken }
}
