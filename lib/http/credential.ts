import type { FastifyRequest } from 'fastify'
import { AccessTokenInvalidError, UnauthenticatedError } from '../errors/index.js'
import type { Transport } from './answer-issued-tokens.js'
import type { AuthCookies } from './auth-cookies.js'

/** The credential of a request, not yet verified. */
export interface Credential {
  /** An access token, an API key, or any other text. */
  readonly token: string
  readonly transport: Transport
}

const bearer = /^Bearer +([\w.~+/-]+=*) *$/i
const usualStart = 'Bearer '

/**
 * Returns the token of a Bearer `Authorization` header, if there is one. The text after the scheme is returned unchecked: the
 * function that verifies it refuses a text that is not a token.
 */
export function bearerToken({ headers: { authorization = '' } }: FastifyRequest): string | undefined {
  const isUsual = authorization.startsWith(usualStart) && !authorization.includes(' ', usualStart.length)
  return isUsual ? authorization.slice(usualStart.length) : bearer.exec(authorization)?.[1]
}

/**
 * Returns the credential of the `Authorization` header, or the access cookie if there is no such header.
 * @throws {AccessTokenInvalidError} for a header without a token. @throws {UnauthenticatedError} without any credential.
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
