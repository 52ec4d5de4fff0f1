import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import {
  InsufficientScopeError,
  OptionInvalidError,
  RecentSignInRequiredError,
  SessionRequiredError,
  UnauthenticatedError,
} from '../errors/index.js'
import type { AuthenticatedUser, Authentication } from '../operations/authenticate.js'
import type { Authenticator } from './authenticator.js'
import { sendErrorHeaders } from './error-answers.js'
import type { EmitRefusal } from './refusal-events.js'
import './request-user.js'

/**
 * Fastify hooks that let a request pass or answer it with 401 or 403. Usable in `onRequest` and `preHandler`. Each call checks
 * the current state: a guard that is called again in a long request refuses a session that has ended meanwhile.
 */
export interface Guards {
  /** Accepts signed-in users and API keys; sets `request.user`. */
  readonly authenticate: onRequestHookHandler
  /** Accepts every request; `request.user` is `null` without a credential. An invalid `Authorization` header still gets 401. */
  readonly authenticateOptional: onRequestHookHandler
  /** Accepts signed-in users, but no API keys: for actions that only a person may do. */
  readonly requireSession: onRequestHookHandler
  /** Accepts API keys that have all of the scopes. A signed-in user has every scope. */
  requireScopes(...scopes: [string, ...string[]]): onRequestHookHandler
  /** Accepts users who typed their password at most `maxAgeSeconds` ago. @throws {OptionInvalidError} without that number. */
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
          const age = clock() - (authentication.signedInAt ?? 0)
          if (age > maxAgeSeconds * 1000) throw new RecentSignInRequiredError()
        },
        { ...plain, session: true, recent: true },
      )
    },
  }
}

/** Returns the user of the request. @throws {UnauthenticatedError} if no guard has run, or the request has no credential. */
export function currentUser(request: FastifyRequest): AuthenticatedUser {
  if (!request.user) throw new UnauthenticatedError()
  return request.user
}

/** Returns the signed-in user. @throws {SessionRequiredError} if the request has an API key. */
export function currentSession(request: FastifyRequest): AuthenticatedUser & { readonly via: 'session' } {
  return sessionOf(currentUser(request))
}
