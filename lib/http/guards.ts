import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import {
  InsufficientScopeError,
  OptionInvalidError,
  RecentSignInRequiredError,
  SessionRequiredError,
  UnauthenticatedError,
} from '../errors/index.js'
import type { AuthenticatedUser, Authentication, Authenticator } from './authentication.js'
import { sendErrorHeaders } from './error-answers.js'
import type { EmitRefusal } from './refusal-events.js'
import './request-user.js'

/**
 * Fastify hooks that let a request pass, or answer it with 401 or 403. They work in `onRequest` and `preHandler`. Each call checks
 * the current state: a guard that is called again in a long request refuses a session that has ended meanwhile.
 */
export interface Guards {
  /**
   * Accepts signed-in users and API keys, and sets `request.user`. Other requests get 401.
   * @example
   * ```ts
   * app.get('/reports', { onRequest: app.fastAuth.authenticate }, async request => currentUser(request).id)
   * ```
   */
  readonly authenticate: onRequestHookHandler
  /**
   * Accepts every request. `request.user` is `null` without a credential. An invalid `Authorization` header still gets 401.
   * @example
   * ```ts
   * app.get('/', { onRequest: app.fastAuth.authenticateOptional }, async ({ user }) => (user === null ? 'Hello' : user.email))
   * ```
   */
  readonly authenticateOptional: onRequestHookHandler
  /**
   * Accepts signed-in users, but no API keys, for actions that only a person may do. API keys get 403.
   * @example
   * ```ts
   * app.delete('/team', { onRequest: app.fastAuth.requireSession }, async (_request, reply) => reply.code(204).send())
   * ```
   */
  readonly requireSession: onRequestHookHandler
  /**
   * Creates a guard that accepts API keys with all of the scopes. Other API keys get 403. A signed-in user has every scope.
   * @param scopes names of the option `apiKeys.scopes`
   * @example
   * ```ts
   * app.get('/reports', { onRequest: app.fastAuth.requireScopes('reports:read') }, async () => [])
   * ```
   * @see RFC 6750, section 3.1 (insufficient_scope)
   */
  requireScopes(...scopes: [string, ...string[]]): onRequestHookHandler
  /**
   * Creates a guard that accepts users who entered their password at most `maxAgeSeconds` ago. A refresh does not count. Other
   * users, and API keys, get 403.
   * @param limit maximum age of the sign-in, in seconds
   * @throws {OptionInvalidError} `maxAgeSeconds` is missing or negative.
   * @example
   * ```ts
   * app.post('/payout', { onRequest: app.fastAuth.requireRecentSignIn({ maxAgeSeconds: 300 }) }, async () => 'done')
   * ```
   * @see OWASP ASVS 5.0, 7.5.3
   */
  requireRecentSignIn(limit: { readonly maxAgeSeconds: number }): onRequestHookHandler
}

/** The additions of a guard to the OpenAPI document of a route. */
export interface GuardDocument {
  readonly optional: boolean
  readonly session: boolean
  readonly scopes: readonly string[]
  readonly recent: boolean
}

type Check = (authentication: Authentication) => void
type Asking = (request: FastifyRequest) => Authentication | null | Promise<Authentication | null>

const documents = new WeakMap<object, GuardDocument>()
const plain: GuardDocument = { optional: false, session: false, scopes: [], recent: false }

/** Documents that `hook` refuses the same requests as `authenticate`. */
export function documentGuard<Hook extends onRequestHookHandler>(hook: Hook): Hook {
  documents.set(hook, plain)
  return hook
}

/** Returns the documentation of `hook`, if it is a guard. */
export function guardDocument(hook: unknown): GuardDocument | undefined {
  return typeof hook === 'function' ? documents.get(hook) : undefined
}

/** The results of the guards of one request. */
interface Passage {
  /** The same object for every guard: the application may have added properties. */
  readonly user: AuthenticatedUser | null
  readonly guards: onRequestHookHandler[]
}

const passage = Symbol('fast-auth: the guards that have let the request pass')

declare module 'fastify' {
  interface FastifyRequest {
    [passage]: Passage | null
  }
}

function sessionOf(user: AuthenticatedUser): AuthenticatedUser & { readonly via: 'session' } {
  if (user.via !== 'session') throw new SessionRequiredError()
  return user
}

/** Creates a hook that authenticates and checks. It returns no promise if the result is available immediately. */
function guard(
  ask: Asking,
  check: Check,
  { document, emitRefusal }: { readonly document: GuardDocument; readonly emitRefusal: EmitRefusal },
): onRequestHookHandler {
  function checkOrEmit(request: FastifyRequest, authentication: Authentication): void {
    try {
      check(authentication)
    } catch (error) {
      emitRefusal(request, error, authentication.user.id)
      throw error
    }
  }

  function admit(request: FastifyRequest, authentication: Authentication | null): void {
    if (authentication !== null) checkOrEmit(request, authentication)
    const { user, guards } = request[passage] ?? { user: null, guards: [] }
    const found = user ?? authentication?.user ?? null
    request[passage] = { user: found, guards: guards.includes(hook) ? guards : [...guards, hook] }
    request.user = authentication === null ? null : found
  }

  function hook(request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void {
    const refuse = (error: Error) => {
      emitRefusal(request, error, null)
      sendErrorHeaders(error, reply)
      done(error)
    }
    try {
      const answer = ask(request)
      if (answer instanceof Promise) {
        answer.then(authentication => admit(request, authentication)).then(() => done(), refuse)
        return
      }
      admit(request, answer)
    } catch (error) {
      refuse(error as Error)
      return
    }
    done()
  }

  documents.set(hook, document)
  return hook
}

/** Returns whether the request may have a body. HTTP/2 requests need not declare it. */
export function mayHaveBody({ headers, raw }: FastifyRequest): boolean {
  return (
    Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined || raw.httpVersionMajor > 1
  )
}

/**
 * Calls the guards of a request again after its body has been read. The client decides how long the body takes: the
 * session may have ended meanwhile.
 */
export function guardAfterBodies(app: FastifyInstance): void {
  app.decorateRequest(passage, null)
  app.addHook('preHandler', (request, reply, done) => {
    function callAgain([guard, ...others]: readonly onRequestHookHandler[]): void {
      if (guard === undefined) done()
      else guard.call(app, request, reply, error => (error === undefined ? callAgain(others) : done(error)))
    }
    callAgain(mayHaveBody(request) ? (request[passage]?.guards ?? []) : [])
  })
}

export interface GuardSettings {
  readonly authenticator: Authenticator
  readonly emitRefusal: EmitRefusal
  clock(): number
}

export function createGuards({
  authenticator: { authenticate, authenticateOptional },
  emitRefusal,
  clock,
}: GuardSettings): Guards {
  const guarding = (asking: Asking, check: Check, document: GuardDocument) =>
    guard(asking, check, { document, emitRefusal })

  return {
    authenticate: guarding(authenticate, () => {}, plain),
    authenticateOptional: guarding(authenticateOptional, () => {}, { ...plain, optional: true }),
    requireSession: guarding(authenticate, ({ user }) => sessionOf(user), { ...plain, session: true }),

    requireScopes(...scopes) {
      return guarding(
        authenticate,
        ({ user }) => {
          if (user.via === 'apiKey' && !scopes.every(scope => user.scopes.includes(scope))) {
            throw new InsufficientScopeError()
          }
        },
        { ...plain, scopes },
      )
    },

    requireRecentSignIn({ maxAgeSeconds }) {
      if (!(maxAgeSeconds >= 0)) {
        throw new OptionInvalidError('requireRecentSignIn of fast-auth needs { maxAgeSeconds }, a number of seconds')
      }
      return guarding(
        authenticate,
        authentication => {
          sessionOf(authentication.user)
          const age = clock() - (authentication.authenticatedAt ?? 0)
          if (age > maxAgeSeconds * 1000) throw new RecentSignInRequiredError()
        },
        { ...plain, session: true, recent: true },
      )
    },
  }
}

/**
 * Returns the user of the request.
 * @param request a request that has passed a guard
 * @throws {UnauthenticatedError} No guard has run, or the request has no credential.
 * @example
 * ```ts
 * app.get('/me', { onRequest: app.fastAuth.authenticate }, async request => {
 *   const user = currentUser(request)
 *   return user.via === 'session' ? user.sessionId : user.scopes
 * })
 * ```
 */
export function currentUser(request: FastifyRequest): AuthenticatedUser {
  if (!request.user) throw new UnauthenticatedError()
  return request.user
}

/** Returns the signed-in user. @throws {SessionRequiredError} if the request has an API key. */
export function currentSession(request: FastifyRequest): AuthenticatedUser & { readonly via: 'session' } {
  return sessionOf(currentUser(request))
}
