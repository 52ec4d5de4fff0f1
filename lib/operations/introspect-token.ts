import { classifyRotation, type Instant, type SessionRecord } from '../storage/storage.js'
import type { Rooms } from './rooms.js'

export interface IntrospectToken {
  readonly token: string
  /** Who asks, and learns about their own tokens only; `null`: a service that may ask about anybody's. */
  readonly userId: string | null
  readonly now: Instant
}

/** RFC 7662: what a token is worth. */
export type TokenIntrospection =
  | { readonly active: false }
  | {
      readonly active: true
      readonly tokenType: 'access_token' | 'refresh_token'
      readonly sub: string
      readonly sessionId: string
      readonly iat: number
      readonly exp: number
    }

const inactive = { active: false } as const

function seconds(instant: Instant): number {
  return Math.floor(instant / 1000)
}

/** Whether the token of this generation could be traded now. */
function isTradeable(rooms: Rooms, session: SessionRecord, generation: number, now: Instant): boolean {
  const graceMilliseconds = rooms.sessionLifetimes.graceSeconds * 1000
  const outcome = classifyRotation(session, { generation, now, graceMilliseconds })
  return outcome === 'rotated' || outcome === 'repeated'
}

/**
 * What a token is worth at this moment, from the storage: also where another process ended its session a moment ago.
 * Nothing is used up. A token that is not authentic costs no storage call.
 */
export async function introspectToken(
  rooms: Rooms,
  { token, userId, now }: IntrospectToken,
): Promise<TokenIntrospection> {
  const mayKnow = (owner: string) => userId === null || userId === owner
  const liveSession = async (sessionId: string) => {
    const session = await rooms.storage.sessions.find({ sessionId, now })
    return session !== null && mayKnow(session.userId) ? session : null
  }

  const presented = rooms.refreshTokens.read(token)
  if (presented !== null) {
    const { sessionId, generation } = presented
    const session = await liveSession(sessionId)
    if (session === null || !isTradeable(rooms, session, generation, now)) return inactive
    const { userId: sub, rotatedAt, expiresAt } = session
    const times = { iat: seconds(rotatedAt), exp: seconds(expiresAt) }
    return { active: true, tokenType: 'refresh_token', sub, sessionId, ...times }
  }

  const { outcome, claims } = rooms.accessTokens.read(token, now)
  if (outcome !== 'valid' || !mayKnow(claims.sub)) return inactive
  const { sid: sessionId, sub, iat, exp } = claims
  if ((await liveSession(sessionId)) === null) return inactive
  return { active: true, tokenType: 'access_token', sub, sessionId, iat, exp }
}
