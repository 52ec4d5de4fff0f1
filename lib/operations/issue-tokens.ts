import { randomUUID } from 'node:crypto'
import type { EpochMilliseconds, SessionRecord, UserRecord } from '../storage/storage.js'
import type { ExtraClaims } from '../tokens/extra-claims.js'
import type { RefreshToken } from '../tokens/refresh-token.js'
import type { Dependencies, RequestOrigin } from './dependencies.js'
import type { SessionLifetimes } from './session-lifetimes.js'

/** A session from now on, not yet stored. */
export function newSession(
  userId: string,
  { ip, userAgent }: RequestOrigin,
  lifetimes: SessionLifetimes,
  now: EpochMilliseconds,
): SessionRecord {
  const absoluteExpiresAt = lifetimes.absoluteExpiresAt(now)
  return {
    id: randomUUID(),
    userId,
    generation: 0,
    createdAt: now,
    rotatedAt: now,
    expiresAt: Math.min(lifetimes.idleExpiresAt(now), absoluteExpiresAt),
    absoluteExpiresAt,
    userAgent,
    ip,
  }
}

/** A person who may go on: their session and the tokens for it. */
export interface IssuedTokens {
  readonly user: UserRecord
  readonly session: SessionRecord
  readonly accessToken: string
  readonly accessTokenExpiresAt: EpochMilliseconds
  /** `null` where the access token is all there is. */
  readonly refreshToken: RefreshToken | null
}

/** Whom tokens are for, and what they say beside our own claims. */
export interface TokenSubject {
  readonly user: UserRecord
  readonly session: SessionRecord
  readonly extraClaims: ExtraClaims
}

/** The tokens of a stored session's present generation. */
export function issueTokens(
  dependencies: Dependencies,
  { user, session, extraClaims }: TokenSubject,
  now: EpochMilliseconds,
): IssuedTokens {
  const { accessToken, expiresAt } = dependencies.accessTokens.issue(
    {
      userId: user.id,
      email: user.email,
      sessionId: session.id,
      generation: session.generation,
      signedInAt: session.createdAt,
      sessionExpiresAt: session.expiresAt,
      extraClaims,
    },
    now,
  )
  const { id: sessionId, generation } = session
  const refreshToken = dependencies.hasRefreshTokens
    ? dependencies.refreshTokens.issue({ sessionId, generation })
    : null
  return { user, session, accessToken, accessTokenExpiresAt: expiresAt, refreshToken }
}
