import { CookiesMismatchedError } from '../errors/index.js'
import type { EpochMilliseconds } from '../storage/records.js'
import type { AccessTokenClaims, AccessTokens } from '../tokens/access-token.js'
import type { RefreshTokens } from '../tokens/refresh-token.js'

/** The values of the access cookies of a request, by the names that are read, the present name first. */
export type AccessCookies = readonly (readonly string[])[]

export interface CookieChoice {
  /**
   * Returns the access token that applies, or `undefined` if there is none.
   * @throws {CookiesMismatchedError} Authentic tokens belong to different sessions.
   */
  access(cookies: AccessCookies): string | undefined
  /**
   * Returns the refresh token that applies. It belongs to the session of the access cookie, expired or not.
   * @throws {CookiesMismatchedError} No refresh token does, or there are several such sessions.
   */
  refresh(tokens: readonly [string, ...string[]], cookies: AccessCookies): string
}

export interface CookieChoiceSettings {
  readonly accessTokens: Pick<AccessTokens, 'read'>
  readonly refreshTokens: Pick<RefreshTokens, 'read'>
  /** Refuse a refresh cookie that comes without an access cookie. */
  readonly needsAccessCookie: boolean
  clock(): EpochMilliseconds
}

interface Authentic {
  readonly token: string
  readonly claims: AccessTokenClaims
}

function isOneSession(sessionIds: readonly string[]): boolean {
  return new Set(sessionIds).size === 1
}

/**
 * Chooses between several cookies of one name. Other hosts of the same site can set cookies that a browser sends here
 * (RFC 6265bis, section 8.6), and a cookie of former settings may still exist. Their order in a request has no meaning.
 */
export function createCookieChoice(settings: CookieChoiceSettings): CookieChoice {
  const { accessTokens, refreshTokens, needsAccessCookie, clock } = settings

  /** Returns the authentic tokens of the first name that has one. A former name is used only until the present one is set. */
  function authenticOf(cookies: AccessCookies): Authentic[] {
    const now = clock()
    for (const tokens of cookies) {
      const authentic = tokens.flatMap(token => {
        const { claims } = accessTokens.read(token, now)
        return claims === undefined ? [] : { token, claims }
      })
      if (authentic.length > 0) return authentic
    }
    return []
  }

  return {
    access(cookies) {
      const all = cookies.flat()
      if (all.length < 2) return all[0]
      const authentic = authenticOf(cookies)
      const [first] = authentic
      if (first === undefined) return all[0]
      if (!isOneSession(authentic.map(({ claims }) => claims.sid))) throw new CookiesMismatchedError()
      const isNewer = ({ claims: { gen, iat } }: Authentic, { claims: other }: Authentic) =>
        gen > other.gen || (gen === other.gen && iat > other.iat)
      return authentic.reduce((newest, next) => (isNewer(next, newest) ? next : newest), first).token
    },

    refresh(tokens, cookies) {
      const authentic = tokens.flatMap(token => {
        const content = refreshTokens.read(token)
        return content === null ? [] : { token, ...content }
      })
      // None is authentic: the code that verifies the token refuses it.
      if (authentic.length === 0) return tokens[0]
      if (needsAccessCookie && cookies.flat().length === 0) throw new CookiesMismatchedError()
      const named = authenticOf(cookies).map(({ claims }) => claims.sid)
      const candidates = named.length === 0 ? authentic : authentic.filter(({ sessionId }) => named.includes(sessionId))
      const [first] = candidates
      if (first === undefined || !isOneSession(candidates.map(({ sessionId }) => sessionId)))
        throw new CookiesMismatchedError()
      return candidates.reduce((newest, next) => (next.generation > newest.generation ? next : newest), first).token
    },
  }
}
