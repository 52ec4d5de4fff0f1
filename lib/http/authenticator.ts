import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Authentication, authenticate } from '../operations/authenticate.js'
import { authenticateApiKey } from '../operations/authenticate-api-key.js'
import type { Rooms } from '../operations/rooms.js'
import type { AuthCookies } from './auth-cookies.js'
import { clientOf } from './client-of.js'
import { credentialOf } from './credential.js'
import type { CrossSiteGuard } from './cross-site-guard.js'

/** Where a request keeps the answer. A field of its own is read faster than a WeakMap, and is gone with the request. */
const answer = Symbol('fast-auth: who the request comes from')

declare module 'fastify' {
  interface FastifyRequest {
    [answer]: Authentication | Promise<Authentication> | null
  }
}

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
export function createAuthenticator(
  app: FastifyInstance,
  { rooms, cookies, guard, clock }: AuthenticatorSettings,
): Authenticator {
  app.decorateRequest(answer, null)

  function ask(request: FastifyRequest): Authentication | Promise<Authentication> {
    const { token, transport } = credentialOf(request, cookies)
    if (transport === 'cookie') guard(request)
    else if (token.startsWith(rooms.apiKeys.prefix))
      return authenticateApiKey(rooms, { key: token, client: () => clientOf(request), now: clock() })
    return authenticate(rooms, { accessToken: token, now: clock() })
  }

  function remembered(request: FastifyRequest): Authentication | Promise<Authentication> {
    request[answer] ??= ask(request)
    return request[answer]
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
        const found = remembered(request)
        return found instanceof Promise ? found.catch(error => anonymousIfDead(request, error)) : found
      } catch (error) {
        return anonymousIfDead(request, error)
      }
    },
  }
}
