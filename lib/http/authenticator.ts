import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Authentication, authenticate } from '../operations/authenticate.js'
import { authenticateApiKey } from '../operations/authenticate-api-key.js'
import type { Rooms } from '../operations/rooms.js'
import type { AuthCookies } from './auth-cookies.js'
import { clientOf } from './client-of.js'
import { credentialOf } from './credential.js'
import type { CrossSiteGuard } from './cross-site-guard.js'

/** The storage call that is under way for a request. A field of its own is read faster than a WeakMap, and is gone with the request. */
const underWay = Symbol('fast-auth: the storage call that says who the request comes from')

declare module 'fastify' {
  interface FastifyRequest {
    [underWay]: Promise<Authentication> | null
  }
}

export interface Authenticator {
  /** What is true of the request's credential at this moment. Guards that follow one another without a wait share one storage call. */
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
  app.decorateRequest(underWay, null)

  function ask(request: FastifyRequest): Authentication | Promise<Authentication> {
    const { token, transport } = credentialOf(request, cookies)
    if (transport === 'cookie') guard(request)
    else if (token.startsWith(rooms.apiKeys.prefix))
      return authenticateApiKey(rooms, { key: token, client: () => clientOf(request), now: clock() })
    return authenticate(rooms, { accessToken: token, now: clock() })
  }

  /** Forgets the answer when the hooks that wait for it have run: a session can end before the next event of the process. */
  function shared(request: FastifyRequest, answer: Promise<Authentication>): Promise<Authentication> {
    const forget = () =>
      process.nextTick(() => {
        request[underWay] = null
      })
    answer.then(forget, forget)
    request[underWay] = answer
    return answer
  }

  function authenticateNow(request: FastifyRequest): Authentication | Promise<Authentication> {
    if (request[underWay] !== null) return request[underWay]
    const answer = ask(request)
    return answer instanceof Promise ? shared(request, answer) : answer
  }

  /** What a dead cookie is worth where signing in is optional: nothing, but neither an error. */
  function anonymousIfDead(request: FastifyRequest, error: unknown): null {
    const isDead = error instanceof Error && 'statusCode' in error && error.statusCode === 401
    if (isDead && request.headers.authorization === undefined) return null
    throw error
  }

  return {
    authenticate: authenticateNow,
    authenticateOptional(request) {
      try {
        const found = authenticateNow(request)
        return found instanceof Promise ? found.catch(error => anonymousIfDead(request, error)) : found
      } catch (error) {
        return anonymousIfDead(request, error)
      }
    },
  }
}
