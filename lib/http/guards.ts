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
 * Fastify hooks that let a request pass, or answer it with 401 or 403. Good in `onRequest` and `preHandler`. Each call says
 * what is true at that moment: call a guard again in a request that lasts, and it refuses a session that has ended since.
 */
export interface Guards {
  /** Lets signed-in people and API keys pass; `request.user` says who. */
  readonly authenticate: onRequestHookHandler
  /** Lets everybody pass; `request.user` is `null` for strangers. A bad `Authorization` header is still a 401. */
  readonly authenticateOptional: onRequestHookHandler
  /** Lets signed-in people pass, but no API key: for what only a person may do. */
  readonly requireSession: onRequestHookHandler
  /** Lets API keys pass that have every one of the scopes. A signed-in person holds every scope. */
  requireScopes(...scopes: [string, ...string[]]): onRequestHookHandler
  /** Lets people pass who typed their password at most `maxAgeSeconds` ago. @throws {OptionInvalidError} without that number. */
  requireRecentSignIn(limit: { readonly maxAgeSeconds: number }): onRequestHookHandler
}

/** What a guard adds to the OpenAPI document of a route. */
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

/** Says that `hook` refuses what `authenticate` refuses. */
export function documentGuard<Hook extends onRequestHookHandler>(hook: Hook): Hook {
  documents.set(hook, plain)
  return hook
}

/** What `hook` documents, if it is a guard. */
export function guardDocument(hook: unknown): GuardDocument | undefined {
  return typeof hook === 'function' ? documents.get(hook) : undefined
}

/** What the guards of one request have found. */
interface Passage {
  /** The same object for every guard: the application may have added to it. */
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

/** A hook that asks and checks. It makes no promise if the answer is there immediately. */
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

/** Whether a body comes with the request. HTTP/2 requests need not say so. */
export function mayHaveBody({ headers, raw }: FastifyRequest): boolean {
  return (
    Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined || raw.httpVersionMajor > 1
  )
}

/**
 * Calls the guards again that have let a request pass, when its body has been read. A client decides how long a body takes:
 * the session that a guard has found before may have ended since.
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

/** Who the request comes from. @throws {UnauthenticatedError} where no guard has let it pass, or only as a stranger. */
export function currentUser(request: FastifyRequest): AuthenticatedUser {
  if (!request.user) throw new UnauthenticatedError()
  return request.user
}

/** The signed-in person. @throws {SessionRequiredError} where it is an API key that asks. */
export function currentSession(request: FastifyRequest): AuthenticatedUser & { readonly via: 'session' } {
  return sessionOf(currentUser(request))
}
