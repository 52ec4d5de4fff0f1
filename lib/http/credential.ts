import type { FastifyRequest } from 'fastify'
import { AccessTokenInvalidError, UnauthenticatedError } from '../errors/index.js'
import type { Transport } from './answer-issued-tokens.js'
import type { AuthCookies } from './auth-cookies.js'

/** What a request comes with, not yet looked at. */
export interface Credential {
  /** An access token or an API key, or anything at all. */
  readonly token: string
  readonly transport: Transport
}

const bearer = /^Bearer +([\w.~+/-]+=*) *$/i
const usualStart = 'Bearer '

/**
 * What stands in `Authorization` as a token, if there is such a header and it is of this scheme. As clients write it, it
 * is cut off and not looked at: a text that is no token is refused by whoever reads it.
 */
export function bearerToken({ headers: { authorization = '' } }: FastifyRequest): string | undefined {
  const isUsual = authorization.startsWith(usualStart) && !authorization.includes(' ', usualStart.length)
  return isUsual ? authorization.slice(usualStart.length) : bearer.exec(authorization)?.[1]
}

/**
 * The `Authorization` header if there is one and nothing else, or the access cookie.
 * @throws {AccessTokenInvalidError} for a header without a token. @throws {UnauthenticatedError} without any.
 */
export function credentialOf(request: FastifyRequest, cookies: AuthCookies): Credential {
  if (request.headers.authorization !== undefined) {
    const token = bearerToken(request)
    if (token === undefined) throw new AccessTokenInvalidError()
    return { token, transport: 'token' }
  }
  const token = cookies.accessToken(request)
  if (token === undefined) throw new UnauthenticatedError()
  return { token, transport: 'cookie' }
}
