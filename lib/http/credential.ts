import type { FastifyRequest } from 'fastify'
import { AccessTokenInvalidError, UnauthenticatedError } from '../errors/index.js'
import type { Transport } from './answer-signed-in.js'
import type { AuthCookies } from './auth-cookies.js'

/** What a request comes with, not yet looked at. */
export interface Credential {
  /** An access token or an API key, or anything at all. */
  readonly token: string
  readonly transport: Transport
}

const bearer = /^Bearer +([\w.~+/-]+=*) *$/i

/** The token in `Authorization`, if there is such a header and it holds one. */
export function bearerToken({ headers: { authorization = '' } }: FastifyRequest): string | undefined {
  return bearer.exec(authorization)?.[1]
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
