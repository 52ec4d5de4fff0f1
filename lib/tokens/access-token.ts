import { randomUUID } from 'node:crypto'
import type { EpochMilliseconds } from '../storage/records.js'
import type { ExtraClaims } from './extra-claims.js'
import { createVerifiedTokenCache } from './verified-token-cache.js'

/** RFC 7519 and RFC 9068 names; times in seconds. */
export interface AccessTokenClaims {
  readonly iss: string
  readonly aud: string
  /** The user's id. */
  readonly sub: string
  /** The session's id. */
  readonly sid: string
  /** The session's generation when the token was made. */
  readonly gen: number
  readonly iat: number
  readonly exp: number
  /** When the person last typed a password for this session (OpenID Connect Core, section 2). */
  readonly auth_time: number
  readonly jti: string
  readonly email: string
}

/** One key's part: signing and checking a JWT's signature, algorithm, `typ`, `iss` and `aud`, but neither `iat` nor `exp`. */
export interface JwtKey {
  readonly id: string
  sign(claims: AccessTokenClaims): string
  /** @returns the claims, of whatever types they are. @throws where anything but the times is wrong. */
  verify(token: string): Readonly<Record<string, unknown>>
}

/** What makes one access token differ from another. */
export interface AccessTokenSubject {
  readonly userId: string
  readonly email: string
  readonly sessionId: string
  readonly generation: number
  readonly signedInAt: EpochMilliseconds
  /** The session's own end: no access token outlives it. */
  readonly sessionExpiresAt: EpochMilliseconds
  /** Checked by `checkExtraClaims`. */
  readonly extraClaims: ExtraClaims
}

export type AccessTokenReading =
  /** `expired` claims are authentic too: they say what the token was. */
  | { readonly outcome: 'valid' | 'expired'; readonly claims: AccessTokenClaims }
  | { readonly outcome: 'invalid'; readonly claims?: never }

export interface AccessTokens {
  readonly lifetimeSeconds: number
  issue(
    subject: AccessTokenSubject,
    now: EpochMilliseconds,
  ): { readonly accessToken: string; readonly expiresAt: EpochMilliseconds }
  /** The claims may be those of an earlier reading, and are frozen; what is nested in them must not be changed. */
  read(token: string, now: EpochMilliseconds): AccessTokenReading
}

export interface AccessTokenSettings {
  /** Newest first: the first one signs, all of them verify. */
  readonly keys: readonly [JwtKey, ...JwtKey[]]
  readonly issuer: string
  readonly audience: string
  readonly lifetimeSeconds: number
  /** How many are remembered at most, so that their signatures are not checked again. Their times always are. */
  readonly rememberedCount: number
}

/** Ours are under 1 KB. Longer ones are not even decoded. */
const maximumTokenLength = 4096
/** How many seconds another server's clock may be ahead. */
export const clockToleranceSeconds = 30

const claimTypes = Object.entries({
  iss: 'string',
  aud: 'string',
  sub: 'string',
  sid: 'string',
  gen: 'number',
  iat: 'number',
  exp: 'number',
  auth_time: 'number',
  jti: 'string',
  email: 'string',
} as const satisfies Record<keyof AccessTokenClaims, string>)

type ReadClaims = Readonly<Record<string, unknown>>

function isComplete(claims: ReadClaims): claims is ReadClaims & AccessTokenClaims {
  return claimTypes.every(([name, type]) => typeof claims[name] === type)
}

/** The `kid` in a header, or `null` where there is none to be read, or a parameter that changes a token's meaning. */
function keyIdOf(headerText: string): string | null {
  try {
    const header: unknown = JSON.parse(Buffer.from(headerText, 'base64url').toString())
    if (typeof header !== 'object' || header === null || 'zip' in header || 'crit' in header) return null
    return 'kid' in header && typeof header.kid === 'string' ? header.kid : null
  } catch {
    return null
  }
}

/** Access tokens: JWTs (RFC 7519, RFC 9068), one pinned algorithm a key, checked after RFC 8725. No storage is asked. */
export function createAccessTokens(settings: AccessTokenSettings): AccessTokens {
  const { keys, issuer, audience, lifetimeSeconds, rememberedCount } = settings
  const byId = new Map(keys.map(key => [key.id, key]))
  const recent = createVerifiedTokenCache<AccessTokenClaims>(rememberedCount)
  /** One key's tokens all begin alike: the header is read anew where it is another than before. */
  let lastHeader = { text: '', key: byId.get('') }

  function keyOf(token: string): JwtKey | undefined {
    const text = token.slice(0, token.indexOf('.'))
    if (text !== lastHeader.text) lastHeader = { text, key: byId.get(keyIdOf(text) ?? '') }
    return lastHeader.key
  }

  function verify(token: string): AccessTokenClaims | null {
    if (token.length > maximumTokenLength) return null
    const key = keyOf(token)
    if (key === undefined) return null
    try {
      const claims = key.verify(token)
      return isComplete(claims) ? Object.freeze(claims) : null
    } catch {
      return null
    }
  }

  return {
    lifetimeSeconds,

    issue({ userId, email, sessionId, generation, signedInAt, sessionExpiresAt, extraClaims }, now) {
      const iat = Math.floor(now / 1000)
      const exp = Math.min(iat + lifetimeSeconds, Math.floor(sessionExpiresAt / 1000))
      const accessToken = keys[0].sign({
        ...extraClaims,
        iss: issuer,
        aud: audience,
        sub: userId,
        sid: sessionId,
        gen: generation,
        iat,
        exp,
        auth_time: Math.floor(signedInAt / 1000),
        jti: randomUUID(),
        email,
      })
      return { accessToken, expiresAt: exp * 1000 }
    },

    read(token, now) {
      const known = recent.recall(token)
      const claims = known ?? verify(token)
      if (claims === null) return { outcome: 'invalid' }
      const seconds = now / 1000
      if (claims.iat > seconds + clockToleranceSeconds) return { outcome: 'invalid' }
      // A token that was made for longer than tokens live today has outlived a shortened lifetime: a client may refresh.
      if (seconds >= claims.exp || claims.exp - claims.iat > lifetimeSeconds) return { outcome: 'expired', claims }
      if (known === null) recent.keep(token, claims)
      return { outcome: 'valid', claims }
    },
  }
}
