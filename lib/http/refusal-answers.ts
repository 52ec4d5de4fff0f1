import type { RouteOptions } from 'fastify'
import { unauthenticatedCodes } from '../../schemas/error-responses.js'
import type { ErrorCode } from '../../schemas/index.js'
import { safeMethods } from './cross-site-guard.js'
import type { GuardDocument } from './guard.js'
import { namesOrganization } from './organization-path.js'

interface Operation {
  readonly security?: object
  responses?: Record<string, unknown>
}

/** An OpenAPI 3 or Swagger 2.0 document under construction. */
export interface ApiDocument {
  readonly openapi?: string
  readonly swagger?: string
  readonly paths?: object
}

/** Answers by status: a description, and the possible codes of an `AuthError` of that status. */
type Refusals = readonly (readonly [status: number, description: string, codes: readonly ErrorCode[]])[]

const refusalsOf = new WeakMap<object, Refusals>()
const completedWhenRead = new WeakSet<object>()

/** The parts of a route that determine how its guards refuse. */
export type GuardedRoute = Pick<RouteOptions, 'method' | 'url'>

/** Returns the codes with which guards answer 404. */
function missingCodes(guards: readonly GuardDocument[], { url }: GuardedRoute): readonly ErrorCode[] {
  const isAsked = guards.some(guard => guard.organization) && namesOrganization(url)
  return isAsked ? ['FAST_AUTH_ORGANIZATION_NOT_FOUND'] : []
}

/** Returns the codes with which guards answer 403. Only a method that changes something can be a cross-site request. */
function forbiddenCodes(guards: readonly GuardDocument[], { method, url }: GuardedRoute): ErrorCode[] {
  const reasons: readonly (readonly [ErrorCode, boolean])[] = [
    ['FAST_AUTH_CROSS_SITE_REQUEST', ![method].flat().every(name => safeMethods.has(name))],
    ['FAST_AUTH_INSUFFICIENT_SCOPE', guards.some(guard => guard.scopes.length > 0)],
    ['FAST_AUTH_SESSION_REQUIRED', guards.some(guard => guard.session)],
    ['FAST_AUTH_RECENT_SIGN_IN_REQUIRED', guards.some(guard => guard.recent)],
    ['FAST_AUTH_SECOND_FACTOR_REQUIRED', guards.some(guard => guard.secondFactor)],
    ['FAST_AUTH_SECOND_FACTOR_SETUP_REQUIRED', guards.some(guard => guard.setup)],
    ['FAST_AUTH_ORGANIZATION_REQUIRED', guards.some(guard => guard.organization) && !namesOrganization(url)],
    ['FAST_AUTH_ROLE_REQUIRED', guards.some(guard => guard.role)],
  ]
  return reasons.filter(([, applies]) => applies).map(([code]) => code)
}

/**
 * Remembers how the guards of a route refuse, keyed by the route's `security`. Any `transform` of a host passes that object
 * on, whereas it may understand the `response` of only one schema library.
 */
export function rememberRefusals(security: object, guards: readonly GuardDocument[], route: GuardedRoute): void {
  refusalsOf.set(security, [
    [401, 'The credentials are missing, wrong or expired', unauthenticatedCodes],
    [403, 'Refused', forbiddenCodes(guards, route)],
    [404, 'The user has no such resource', missingCodes(guards, route)],
    [429, 'Too many requests: retry after the number of seconds in Retry-After', ['FAST_AUTH_TOO_MANY_REQUESTS']],
  ])
}

/** The error shape of `AuthError`, inlined: the name of that component differs between documents. */
function errorSchema(codes: readonly ErrorCode[]) {
  return {
    type: 'object',
    properties: {
      statusCode: { type: 'integer' },
      code: { type: 'string', enum: [...codes] },
      error: { type: 'string' },
      message: { type: 'string' },
    },
    required: ['statusCode', 'code', 'error', 'message'],
  }
}

function answers(refusals: Refusals, { swagger }: ApiDocument): Record<string, unknown> {
  const described = refusals.filter(([, , codes]) => codes.length > 0)
  return Object.fromEntries(
    described.map(([status, text, codes]) => {
      const description = `${text}: ${codes.join(', ')}`
      const schema = errorSchema(codes)
      const isSwagger = swagger !== undefined
      return [status, { description, ...(isSwagger ? { schema } : { content: { 'application/json': { schema } } }) }]
    }),
  )
}

/** `4XX` and `default` describe the refusals too. */
function describesRefusals(responses: Record<string, unknown>): boolean {
  return Object.keys(responses).some(status => /^(4xx|default)$/i.test(status))
}

/** Adds the refusals of guards to the operations of `document`. An answer that a route describes itself takes precedence. */
export function addRefusals(document: ApiDocument, paths: object = Object(document.paths)): void {
  for (const operation of Object.values(paths).flatMap(path => Object.values<Operation>(Object(path)))) {
    const { security, responses = {} }: Operation = Object(operation)
    const refusals = security === undefined ? undefined : refusalsOf.get(security)
    if (refusals === undefined || describesRefusals(responses)) continue
    operation.responses = { ...answers(refusals, document), ...responses }
  }
}

/**
 * Adds the refusals of guards to `paths` of `document` when it is read. `@fastify/swagger` adds guarded routes after ours,
 * and offers no final hook that a plugin can share with its host.
 */
export function completeWhenRead(document: ApiDocument): void {
  if (completedWhenRead.has(document)) return
  completedWhenRead.add(document)
  let paths = document.paths
  Object.defineProperty(document, 'paths', {
    enumerable: true,
    configurable: true,
    get() {
      addRefusals(document, paths)
      return paths
    },
    set(replacement: object | undefined) {
      paths = replacement
    },
  })
}
