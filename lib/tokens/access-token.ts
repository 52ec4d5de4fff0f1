import { randomUUID } from 'node:crypto'
import type { CurrentOrganization, EpochMilliseconds } from '../storage/records.js'
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
  /** When the user last proved who they are for this session (OpenID Connect Core, section 2). */
  readonly auth_time: number
  /** How they did (RFC 8176). Absent if the application has only passwords. */
  readonly amr?: readonly string[]
  readonly jti: string
  readonly email: string
  /** The organisation in which the session acts. Absent if it acts in none. */
  readonly org?: string
  /** The role of the user in it. */
  readonly org_role?: string
}

/** Signs and verifies with one key: a JWT's signature, algorithm, `typ`, `iss` and `aud`, but neither `iat` nor `exp`. */
export interface JwtKey {
  readonly id: string
  sign(claims: AccessTokenClaims): string
  /** @returns the claims, of unchecked types. @throws if anything except the times is invalid. */
  verify(token: string): Readonly<Record<string, unknown>>
}

/** The data that distinguish access tokens from each other. */
export interface AccessTokenSubject {
  readonly userId: string
  readonly email: string
  readonly sessionId: string
  readonly generation: number
  readonly authenticatedAt: EpochMilliseconds
  /** The value of the claim `amr`; `null` without the claim. */
  readonly methodReferences: readonly string[] | null
  /** The session's expiry: no access token outlives it. */
  readonly sessionExpiresAt: EpochMilliseconds
  /** Validated by `checkExtraClaims`. */
  readonly extraClaims: ExtraClaims
  /** `null`: the session acts in none. */
  readonly organization: CurrentOrganization | null
}

export type AccessTokenReading =
  /** `expired` claims are authentic too. */
  | { readonly outcome: 'valid' | 'expired'; readonly claims: AccessTokenClaims }
  | { readonly outcome: 'invalid'; readonly claims?: never }

export interface AccessTokens {
  readonly lifetimeSeconds: number
  issue(
    subject: AccessTokenSubject,
    now: EpochMilliseconds,
  ): { readonly accessToken: string; readonly expiresAt: EpochMilliseconds }
  /** The claims may be shared with an earlier call, and are frozen; objects nested in them must not be changed. */
  read(token: string, now: EpochMilliseconds): AccessTokenReading
}

export interface AccessTokenSettings {
  /** Newest first: the first one signs, all of them verify. */
  readonly keys: readonly [JwtKey, ...JwtKey[]]
  readonly issuer: string
  readonly audience: string
  readonly lifetimeSeconds: number
  /** Maximum number of cached tokens, whose signatures are not checked again. Their times always are. */
  readonly rememberedCount: number
}

/** Our tokens are under 1 KB. Longer ones are not decoded. */
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
} as const satisfies Record<Exclude<keyof AccessTokenClaims, 'amr' | 'org' | 'org_role'>, string>)

type ReadClaims = Readonly<Record<string, unknown>>

function isComplete(claims: ReadClaims): claims is ReadClaims & AccessTokenClaims {
  return claimTypes.every(([name, type]) => typeof claims[name] === type)
}

/** Returns the `kid` of a header, or `null` if it is unreadable or has a parameter that changes a token's meaning. */
function keyIdOf(headerText: string): string | null {
  try {
    const header: unknown = JSON.parse(Buffer.from(headerText, 'base64url').toString())
    if (typeof header !== 'object' || header === null || 'zip' in header || 'crit' in header) return null
    return 'kid' in header && typeof header.kid === 'string' ? header.kid : null
  } catch {
    return null
  }
}

/** Creates access tokens: JWTs (RFC 7519, RFC 9068) with one pinned algorithm per key, verified by RFC 8725. Never asks the storage. */
export function createAccessTokens(settings: AccessTokenSettings): AccessTokens {
  const { keys, issuer, audience, lifetimeSeconds, rememberedCount } = settings
  const byId = new Map(keys.map(key => [key.id, key]))
  const recent = createVerifiedTokenCache<AccessTokenClaims>(rememberedCount)
  /** The tokens of one key have the same header: it is parsed again only if it differs from the previous one. */
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

    issue(subject, now) {
      const {
        userId,
        email,
        sessionId,
        generation,
        sessionExpiresAt,
        extraClaims,
        methodReferences: amr,
        organization,
      } = subject
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
        auth_time: Math.floor(subject.authenticatedAt / 1000),
        ...(amr === null ? {} : { amr }),
        jti: randomUUID(),
        email,
        ...(organization === null ? {} : { org: organization.id, org_role: organization.role }),
      })
      return { accessToken, expiresAt: exp * 1000 }
    },

    read(token, now) {
      const known = recent.recall(token)
      const claims = known ?? verify(token)
      if (claims === null) return { outcome: 'invalid' }
      const seconds = now / 1000
      if (claims.iat > seconds + clockToleranceSeconds) return { outcome: 'invalid' }
      // A lifetime longer than the current one means that the option was shortened since: the client may refresh.
      if (seconds >= claims.exp || claims.exp - claims.iat > lifetimeSeconds) return { outcome: 'expired', claims }
      if (known === null) recent.keep(token, claims)
      return { outcome: 'valid', claims }
    },
  }
}
