import { type ApiKeyHash, classifyRotation, type Instant, type SessionRecord } from '../storage/storage.js'
import type { AccessTokenClaims } from '../tokens/access-token.js'
import { apiKeyHash } from '../tokens/api-key.js'
import type { RefreshTokenContent } from '../tokens/refresh-token.js'
import type { Rooms } from './rooms.js'

export interface IntrospectToken {
  readonly token: string
  /** Who asks, and learns about their own tokens only; `null`: a service that may ask about anybody's. */
  readonly userId: string | null
  readonly now: Instant
}

interface Active {
  readonly active: true
  readonly sub: string
  /** Seconds since the Unix epoch, as `exp`. */
  readonly iat: number
}

/** RFC 7662: what a token is worth. */
export type TokenIntrospection =
  | { readonly active: false }
  | (Active & {
      readonly tokenType: 'access_token' | 'refresh_token'
      readonly sessionId: string
      readonly exp: number
    })
  | (Active & {
      readonly tokenType: 'api_key'
      readonly scopes: string[]
      /** Not there where the key does not end by itself. */
      readonly exp?: number
    })

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

async function introspectRefreshToken(rooms: Rooms, presented: RefreshTokenContent, now: Instant) {
  const { sessionId, generation } = presented
  const session = await rooms.storage.sessions.find({ sessionId, now })
  if (session === null || !isTradeable(rooms, session, generation, now)) return inactive
  const { userId: sub, rotatedAt, expiresAt } = session
  const times = { iat: seconds(rotatedAt), exp: seconds(expiresAt) }
  return { active: true, tokenType: 'refresh_token', sub, sessionId, ...times } as const
}

async function introspectAccessToken(rooms: Rooms, claims: AccessTokenClaims, now: Instant) {
  const { sid: sessionId, sub, iat, exp } = claims
  const session = await rooms.storage.sessions.find({ sessionId, now })
  return session === null ? inactive : ({ active: true, tokenType: 'access_token', sub, sessionId, iat, exp } as const)
}

async function introspectApiKey({ storage }: Rooms, hash: ApiKeyHash, now: Instant) {
  const found = await storage.apiKeys.findByHash({ hash, now })
  if (found === null || found.user.disabledAt !== null) return inactive
  const { userId: sub, scopes, createdAt, expiresAt } = found.apiKey
  const end = expiresAt === null ? {} : { exp: seconds(expiresAt) }
  const about = { active: true, tokenType: 'api_key', sub, iat: seconds(createdAt), ...end } as const
  return { ...about, scopes: [...scopes] }
}

async function introspect(rooms: Rooms, token: string, now: Instant): Promise<TokenIntrospection> {
  const hash = token.startsWith(rooms.apiKeys.prefix) ? apiKeyHash(token) : null
  if (hash !== null) return introspectApiKey(rooms, hash, now)
  const presented = rooms.refreshTokens.read(token)
  if (presented !== null) return introspectRefreshToken(rooms, presented, now)
  const { outcome, claims } = rooms.accessTokens.read(token, now)
  return outcome === 'valid' ? introspectAccessToken(rooms, claims, now) : inactive
}

/**
 * What a token is worth at this moment, from the storage: also where another process ended its session a moment ago.
 * Nothing is used up. A token that is not authentic costs no storage call.
 */
export async function introspectToken(
  rooms: Rooms,
  { token, userId, now }: IntrospectToken,
): Promise<TokenIntrospection> {
  const introspection = await introspect(rooms, token, now)
  const isForeign = introspection.active && userId !== null && introspection.sub !== userId
  return isForeign ? inactive : introspection
}
