import type { FastifyRequest } from 'fastify'
import { UnauthenticatedError, ValidationError } from '../errors/index.js'
import type { Transport } from './answer-issued-tokens.js'
import type { AuthCookies } from './auth-cookies.js'
import type { CrossSiteGuard } from './cross-site-guard.js'

/** How a request that continues its session with new tokens is answered, and the refresh token that it presents. */
export interface SessionRenewal {
  /** The way by which the request came: tokens of cookies never come into a body, where a script could read them. */
  readonly transport: Transport
  /** `null`: there are no refresh tokens. */
  readonly refreshToken: string | null
}

interface RenewalSettings {
  readonly cookies: Pick<AuthCookies, 'refreshToken'>
  readonly crossSiteGuard: CrossSiteGuard
  readonly hasRefreshTokens: boolean
}

/**
 * Returns how a request continues its session. Besides its access token, it presents the refresh token by the same way.
 * @param inBody the refresh token of the body
 * @throws {ValidationError} @throws {UnauthenticatedError} @throws {CrossSiteRequestError} @throws {CookiesMismatchedError}
 */
export function sessionRenewal(
  request: FastifyRequest,
  inBody: string | undefined,
  { cookies, crossSiteGuard, hasRefreshTokens }: RenewalSettings,
): SessionRenewal {
  if (request.headers.authorization !== undefined) {
    if (hasRefreshTokens && inBody === undefined)
      throw new ValidationError('refreshToken', 'required', 'must be the refresh token of the session')
    return { transport: 'token', refreshToken: inBody ?? null }
  }
  crossSiteGuard(request)
  if (inBody !== undefined) throw new ValidationError('refreshToken', 'oneWay', 'must not be sent beside cookies')
  const inCookie = hasRefreshTokens ? cookies.refreshToken(request) : null
  if (inCookie === undefined) throw new UnauthenticatedError()
  return { transport: 'cookie', refreshToken: inCookie }
}
