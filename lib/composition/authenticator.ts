import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Dependencies } from '../features/dependencies.js'
import { authenticate } from '../features/sessions/authenticate.js'
import type { AuthCookies } from '../http/auth-cookies.js'
import type { Authentication, Authenticator } from '../http/authentication.js'
import { credentialOf } from '../http/credential.js'
import type { CrossSiteGuard } from '../http/cross-site-guard.js'
import { requestOriginOf } from '../http/request-origin-of.js'

/** The pending storage call of a request. A property is read faster than a WeakMap entry, and is freed with the request. */
const underWay = Symbol('fast-auth: the storage call that says who the request comes from')

declare module 'fastify' {
  interface FastifyRequest {
    [underWay]: Promise<Authentication> | null
  }
}

export interface AuthenticatorSettings {
  readonly dependencies: Dependencies
  readonly cookies: AuthCookies
  readonly guard: CrossSiteGuard
  clock(): number
}

/** Creates the authenticator of requests. */
export function createAuthenticator(
  app: FastifyInstance,
  { dependencies, cookies, guard, clock }: AuthenticatorSettings,
): Authenticator {
  app.decorateRequest(underWay, null)

  function ask(request: FastifyRequest): Authentication | Promise<Authentication> {
    const { token, transport } = credentialOf(request, cookies)
    if (transport === 'cookie') guard(request)
    else {
      const credential = dependencies.credentials.find(({ isOfThisKind }) => isOfThisKind(token))
      if (credential !== undefined)
        return credential.authenticate({ token, client: () => requestOriginOf(request), now: clock() })
    }
    return authenticate(dependencies, { accessToken: token, now: clock() })
  }

  /** Deletes the shared answer after the hooks that wait for it have run: a session can end before the next event of the process. */
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

  /** If signing in is optional, an invalid cookie counts as no credential instead of an error. */
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
