import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify'
import { OrganizationRequiredError } from '../errors/index.js'
import type { CurrentOrganization } from '../storage/records.js'
import type { AuthenticatedUser, Authentication } from './authentication.js'
import { sendErrorHeaders } from './error-answers.js'
import type { EmitRefusal } from './refusal-events.js'
import './request-user.js'

/** The additions of a guard to the OpenAPI document of a route. */
export interface GuardDocument {
  readonly optional: boolean
  readonly session: boolean
  readonly scopes: readonly string[]
  readonly recent: boolean
  readonly secondFactor: boolean
  /** Whether it refuses sessions that lack a second factor that the application requires. */
  readonly setup: boolean
  /** Whether it requires an organisation, that of the path or of the credential. */
  readonly organization: boolean
  /** Whether it requires a role in it. */
  readonly role: boolean
}

export type Check = (authentication: Authentication) => void
export type Asking = (request: FastifyRequest) => Authentication | null | Promise<Authentication | null>

const documents = new WeakMap<object, GuardDocument>()
/** The document of a guard that accepts every credential. */
export const plain: GuardDocument = {
  optional: false,
  session: false,
  scopes: [],
  recent: false,
  secondFactor: false,
  setup: false,
  organization: false,
  role: false,
}

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
  /** What the credential says about its proofs, according to the guard that ran last. */
  readonly proven: Proven
  readonly guards: onRequestHookHandler[]
  /** The organisation for which a guard has admitted the request: a guard that follows does not replace it. */
  readonly organization: CurrentOrganization | null
}

/** When the user last proved who they are, and whether with a second factor. */
export type Proven = Pick<Authentication, 'authenticatedAt' | 'hasSecondFactor'>

const noPassage: Passage = {
  user: null,
  proven: { authenticatedAt: null, hasSecondFactor: false },
  guards: [],
  organization: null,
}

/** Returns the organisation that a guard of organisations has found. It refuses requests without one. */
function located(authentication: Authentication | null): CurrentOrganization {
  return (authentication as Authentication).user.organization as CurrentOrganization
}

const passage = Symbol('fast-auth: the guards that have let the request pass')

declare module 'fastify' {
  interface FastifyRequest {
    [passage]: Passage | null
  }
}

/** Creates a hook that authenticates and checks. It returns no promise if the result is available immediately. */
export function guard(
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
    const { user, guards, organization: earlier } = request[passage] ?? noPassage
    const found = user ?? authentication?.user ?? null
    const proven = authentication ?? noPassage.proven
    const organization = document.organization ? located(authentication) : earlier
    if (found !== null && organization !== null) Object.assign(found, { organization })
    request[passage] = { user: found, proven, guards: guards.includes(hook) ? guards : [...guards, hook], organization }
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

/** Returns what the credential of the request says about its proofs. The request has passed a guard. */
export function provenIn(request: FastifyRequest): Proven {
  return (request[passage] as Passage).proven
}

/**
 * Returns the organisation of the request, with the role of the user there.
 * @param request a request that has passed `requireOrganization` or `requireRole`
 * @throws {OrganizationRequiredError} Neither guard has run: no guard has checked an organisation.
 * @example
 * ```ts
 * app.get('/:organizationId/projects', { onRequest: app.fastAuth.requireOrganization() }, async request => {
 *   const { id, role } = currentOrganization(request)
 *   return { of: id, mayDelete: role !== 'member' }
 * })
 * ```
 */
export function currentOrganization(request: FastifyRequest): CurrentOrganization {
  const organization = request[passage]?.organization ?? null
  if (organization === null) throw new OrganizationRequiredError()
  return organization
}
