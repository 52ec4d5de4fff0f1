import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify'
import { withMoreCodes } from '../../schemas/error-responses.js'
import { signedIn, signedInOrApiKey } from '../../schemas/operation-schema.js'
import { OptionInvalidError } from '../errors/index.js'
import type { CookieNames } from './cookie-names.js'
import { type GuardDocument, guardDocument } from './guard.js'
import { refuseFactory } from './guard-factories.js'
import { misnamedOrganization, misnamedProblem } from './organization-path.js'
import { rememberRefusals } from './refusal-answers.js'
import { bringingSecuritySchemes, isOurOperation } from './security-schemes.js'

type Documented = FastifySchema & { readonly security?: readonly object[] }

/** Returns the guards among a route's hooks. @throws {OptionInvalidError} A hook is a function that creates a guard. */
function guardsOf({ onRequest, preValidation, preHandler }: RouteOptions): GuardDocument[] {
  const hooks = [onRequest, preValidation, preHandler].flat()
  for (const hook of hooks) refuseFactory(hook)
  return hooks.flatMap(hook => guardDocument(hook) ?? [])
}

/** @throws {OptionInvalidError} A guard of organisations would not read the parameter that seems to name one. */
function assertOrganizationNamed({ url }: RouteOptions, guards: readonly GuardDocument[]): void {
  const misnamed = guards.some(guard => guard.organization) ? misnamedOrganization(url) : undefined
  if (misnamed !== undefined) throw new OptionInvalidError(misnamedProblem(url, misnamed))
}

/** Returns the `security` that guards add to a route; the route's own `security` takes precedence. */
function securityOf({ security }: Documented, guards: readonly GuardDocument[]): object[] {
  if (security !== undefined) return [...security]
  const isOptional = guards.every(guard => guard.optional)
  const credentials = guards.some(guard => guard.session) ? signedIn : signedInOrApiKey
  return isOptional ? [...credentials, {}] : [...credentials]
}

/** Returns the schema of one of our routes with the refusal of sessions that lack a required second factor. */
function withSetup(schema: FastifySchema | undefined, guards: readonly GuardDocument[]): FastifySchema | undefined {
  if (!isOurOperation(schema) || !guards.some(guard => guard.setup)) return schema
  return withMoreCodes(schema, 403, ['FAST_AUTH_SECOND_FACTOR_SETUP_REQUIRED'])
}

/**
 * Adds the security and the refusals of guarded routes to the OpenAPI document of any `@fastify/swagger` version. Of a route's
 * schema it changes only `security`, after Fastify has compiled it: a host's schemas, of any library, and their serialisation
 * stay unchanged. A guard that a scope adds with `addHook` is not among its routes' hooks: such routes declare their
 * `security` themselves.
 */
export function documentGuardedRoutes(app: FastifyInstance, names: CookieNames): void {
  const bringSecuritySchemes = bringingSecuritySchemes(names)
  const guarded: { readonly route: RouteOptions; readonly guards: GuardDocument[] }[] = []
  app.addHook('onRoute', route => {
    bringSecuritySchemes(route)
    const guards = guardsOf(route)
    assertOrganizationNamed(route, guards)
    if (guards.length > 0) guarded.push({ route, guards })
  })
  app.addHook('onReady', async () => {
    for (const { route, guards } of guarded) {
      const security = securityOf(Object(route.schema), guards)
      rememberRefusals(security, guards, route)
      route.schema = Object.assign({}, withSetup(route.schema, guards), { security })
    }
  })
}
