import type { FastifyRequest } from 'fastify'
import { type Authentication, authenticate } from '../operations/authenticate.js'
import { authenticateApiKey } from '../operations/authenticate-api-key.js'
import type { Rooms } from '../operations/rooms.js'
import type { AuthCookies } from './auth-cookies.js'
import { clientOf } from './client-of.js'
import { credentialOf } from './credential.js'
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

/** From a request to who it comes from. */
export function createAuthenticator({ rooms, cookies, guard, clock }: AuthenticatorSettings): Authenticator {
  const answers = new WeakMap<FastifyRequest, Authentication | Promise<Authentication>>()

  function ask(request: FastifyRequest): Authentication | Promise<Authentication> {
    const { token, transport } = credentialOf(request, cookies)
    if (transport === 'cookie') guard(request)
    else if (token.startsWith(rooms.apiKeys.prefix))
      return authenticateApiKey(rooms, { key: token, client: () => clientOf(request), now: clock() })
    return authenticate(rooms, { accessToken: token, now: clock() })
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
