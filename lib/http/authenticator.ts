import type { FastifyRequest } from 'fastify'
import { AccessTokenInvalidError, UnauthenticatedError } from '../errors/index.js'
import { type Authentication, authenticate } from '../operations/authenticate.js'
import { authenticateApiKey } from '../operations/authenticate-api-key.js'
import type { Rooms } from '../operations/rooms.js'
import type { AuthCookies } from './auth-cookies.js'
import { clientOf } from './client-of.js'
import type { CrossSiteGuard } from './cross-site-guard.js'

export interface Authenticator {
  /** What the request's credential says; the same answer however many hooks ask. */
  authenticate(request: FastifyRequest): Authentication | Promise<Authentication>
  /** `null` without a credential, and for a cookie that is not good any more: a visitor cannot take that off. */
  authenticateOptional(request: FastifyRequest): Authentication | null | Promise<Authentication | null>
}

export interface AuthenticatorSettings {
  readonly rooms: Rooms
  readonly cookies: AuthCookies
  readonly guard: CrossSiteGuard
  clock(): number
}

const bearer = /^Bearer +([\w.~+/-]+=*) *$/i

/** The token in `Authorization`, if there is such a header and it holds one. */
export function bearerToken({ headers: { authorization = '' } }: FastifyRequest): string | undefined {
  return bearer.exec(authorization)?.[1]
}

/** From a request to who it comes from: the `Authorization` header if there is one and nothing else, or the cookie. */
export function createAuthenticator({ rooms, cookies, guard, clock }: AuthenticatorSettings): Authenticator {
  const answers = new WeakMap<FastifyRequest, Authentication | Promise<Authentication>>()

  function fromHeader(request: FastifyRequest): Authentication | Promise<Authentication> {
    const token = bearerToken(request)
    if (token === undefined) throw new AccessTokenInvalidError()
    if (token.startsWith(rooms.apiKeys.prefix))
      return authenticateApiKey(rooms, { key: token, client: clientOf(request), now: clock() })
    return authenticate(rooms, { accessToken: token, now: clock() })
  }

  function fromCookie(request: FastifyRequest, accessToken: string): Authentication | Promise<Authentication> {
    guard(request)
    return authenticate(rooms, { accessToken, now: clock() })
  }

  function ask(request: FastifyRequest): Authentication | Promise<Authentication> {
    if (request.headers.authorization !== undefined) return fromHeader(request)
    const accessToken = cookies.accessToken(request)
    if (accessToken === undefined) throw new UnauthenticatedError()
    return fromCookie(request, accessToken)
  }

  function remembered(request: FastifyRequest): Authentication | Promise<Authentication> {
    const known = answers.get(request)
    if (known !== undefined) return known
    const answer = ask(request)
    answers.set(request, answer)
    return answer
  }

  /** What a dead cookie is worth where signing in is optional: nothing, but neither an error. */
  function anonymousIfDead(request: FastifyRequest, error: unknown): null {
    const isDead = error instanceof Error && 'statusCode' in error && error.statusCode === 401
    if (isDead && request.headers.authorization === undefined) return null
    throw error
  }

  return {
    authenticate: remembered,
    authenticateOptional(request) {
      try {
        const answer = remembered(request)
        return answer instanceof Promise ? answer.catch(error => anonymousIfDead(request, error)) : answer
      } catch (error) {
        return anonymousIfDead(request, error)
      }
    },
  }
}
