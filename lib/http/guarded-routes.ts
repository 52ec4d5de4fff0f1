import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify'
import { errorResponse } from '../../schemas/error-response.js'
import { unauthenticatedCodes } from '../../schemas/error-responses.js'
import type { ErrorCode } from '../../schemas/index.js'
import { signedIn, signedInOrApiKey } from '../../schemas/operation-schema.js'
import { safeMethods } from './cross-site-guard.js'
import { type GuardDocument, guardDocument } from './guards.js'
import { bringSecuritySchemes } from './security-schemes.js'

type Documented = FastifySchema & { security?: unknown; response?: Record<string, unknown> }

/** The guards among a route's hooks. */
function guardsOf({ onRequest, preValidation, preHandler }: RouteOptions): GuardDocument[] {
  return [onRequest, preValidation, preHandler].flat().flatMap(hook => guardDocument(hook) ?? [])
}

/** With which codes guards answer 403. Only a method that changes something can be a cross-site request. */
function forbiddenCodes(guards: readonly GuardDocument[], method: RouteOptions['method']): ErrorCode[] {
  const reasons: readonly (readonly [ErrorCode, boolean])[] = [
    ['FAST_AUTH_CROSS_SITE_REQUEST', ![method].flat().every(name => safeMethods.has(name))],
    ['FAST_AUTH_INSUFFICIENT_SCOPE', guards.some(guard => guard.scopes.length > 0)],
    ['FAST_AUTH_SESSION_REQUIRED', guards.some(guard => guard.session)],
    ['FAST_AUTH_RECENT_SIGN_IN_REQUIRED', guards.some(guard => guard.recent)],
  ]
  return reasons.filter(([, applies]) => applies).map(([code]) => code)
}

/** For whoever tries API keys. */
const tooManyKeys = errorResponse('Come back after Retry-After seconds', ['FAST_AUTH_TOO_MANY_REQUESTS'])

/** The answers of the guards themselves. */
function refusals(guards: readonly GuardDocument[], method: RouteOptions['method']): Record<string, unknown> {
  const forbidden = forbiddenCodes(guards, method)
  return {
    401: errorResponse('Not signed in, or not any more', unauthenticatedCodes),
    ...(forbidden.length === 0 ? {} : { 403: errorResponse('Refused', forbidden) }),
    429: tooManyKeys,
  }
}

/** `4xx` and `default` describe the refusals too. */
function describesRefusals(response: Record<string, unknown>): boolean {
  return Object.keys(response).some(status => /^(4xx|default)$/i.test(status))
}

/** What guards add to a route's schema; what the route says itself has the last word. */
function documented({ schema = {}, method }: RouteOptions, guards: readonly GuardDocument[]): Documented {
  const own = schema as Documented
  const { response = {} } = own
  const isOptional = guards.every(guard => guard.optional)
  const credentials = guards.some(guard => guard.session) ? signedIn : signedInOrApiKey
  return {
    ...own,
    security: own.security ?? (isOptional ? [...credentials, {}] : credentials),
    response: describesRefusals(response) ? response : { ...refusals(guards, method), ...response },
  }
}

/**
 * Puts the security and the refusals of guarded routes into the OpenAPI document of whichever `@fastify/swagger` the host
 * has. It is done when Fastify has compiled its routes: a document must not change how a host's own errors are serialised.
 * A guard that a scope has by `addHook` is not among its routes' hooks: such routes write their `security` themselves.
 */
export function documentGuardedRoutes(app: FastifyInstance): void {
  const guarded: { readonly route: RouteOptions; readonly guards: GuardDocument[] }[] = []
  app.addHook('onRoute', route => {
    bringSecuritySchemes(route)
    const guards = guardsOf(route)
    if (guards.length > 0) guarded.push({ route, guards })
  })
  app.addHook('onReady', async () => {
    for (const { route, guards } of guarded) route.schema = documented(route, guards)
  })
}
