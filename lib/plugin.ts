import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { schemasWithProfile } from '../schemas/accounts/schemas-with-profile.js'
import { schemasWithUsername } from '../schemas/accounts/schemas-with-username.js'
import { ErrorResponse } from '../schemas/error-response.js'
import { schemasWithOrganizations } from '../schemas/organizations/schemas-with-organizations.js'
import { RelatedOrigins } from '../schemas/passkeys/get-related-origins.js'
import { withoutRefreshTokens } from '../schemas/sessions/single-token.js'
import { schemasOfProofs } from '../schemas/sign-in/schemas-of-proofs.js'
import { assertStorageComplete } from './composition/assert-storage-complete.js'
import { composeDependencies } from './composition/compose-dependencies.js'
import { composeRouteDependencies } from './composition/compose-route-dependencies.js'
import { decorateApp } from './composition/decorate-app.js'
import { featuresOf } from './composition/features.js'
import { componentsOf, followLifecycle } from './composition/lifecycle.js'
import type { FastAuthOptions } from './composition/options/options-schema.js'
import { type ResolvedOptions, resolveOptions } from './composition/options/resolve-options.js'
import { createWarner } from './composition/options/warnings/create-warner.js'
import { unsafeOptionWarnings } from './composition/options/warnings/unsafe-option-warnings.js'
import type { WarningCode } from './composition/options/warnings/warnings.js'
import { originsOf } from './composition/origins-of.js'
import { refuseCollidingCookies } from './composition/refuse-colliding-cookies.js'
import type { Dependencies } from './features/dependencies.js'
import { addPageRoutes } from './features/email/pages/page-routes.js'
import { useAnswerHeaders } from './http/answer-headers.js'
import { useBodyTimeout } from './http/body-timeout.js'
import type { ScopeSchemas } from './http/compiled-schemas.js'
import { forwardError } from './http/error-answers.js'
import { guardAfterBodies } from './http/guard.js'
import { documentGuardedRoutes } from './http/guarded-routes.js'
import { useRequestLimits } from './http/request-limits.js'
import { useStrictBodies } from './http/strict-bodies.js'
import { useStrictSchemas } from './http/strict-schemas.js'
import { watchCrossOriginAnswers } from './http/watch-cross-origin-answers.js'
import { watchForwardedHeaders } from './http/watch-forwarded-headers.js'
import { profileSchemas } from './profiles/profile-schemas.js'

function schemasOf(options: ResolvedOptions, { hasRefreshTokens }: Dependencies): ScopeSchemas {
  const { profileSchema, usernames, requireEmailConfirmation } = options
  const ofFeatures = [...featuresOf(options).flatMap(({ schemas }) => schemas), ErrorResponse]
  const named = usernames ? schemasWithUsername(ofFeatures, { atSignUp: !requireEmailConfirmation }) : ofFeatures
  const hasSecondFactor = options.secondFactor !== 'off'
  const proven = schemasOfProofs(named, {
    hasSecondFactor,
    hasPasskeys: options.passkeys !== null,
    hasOtherFactors: options.emailSignIn !== null || options.identities !== null,
  })
  const issued = hasRefreshTokens ? proven : withoutRefreshTokens(proven)
  const complete = options.organizations === null ? issued : schemasWithOrganizations(issued)
  if (profileSchema !== undefined) return schemasWithProfile(complete, profileSchemas(profileSchema))
  return { documented: complete, answered: complete }
}

/** The named schemas of the routes at the root. */
const rootSchemas: ScopeSchemas = {
  documented: [RelatedOrigins, ErrorResponse],
  answered: [RelatedOrigins, ErrorResponse],
}

/** Warns of unsafe settings of the host, as far as answers and requests show them. */
function watchHost(scope: FastifyInstance, options: ResolvedOptions, warn: (code: WarningCode) => void): void {
  watchForwardedHeaders(scope, () => warn('FAST_AUTH_WARN_PROXY_UNTRUSTED'))
  const onStranger = () => warn('FAST_AUTH_WARN_CORS_OPEN')
  watchCrossOriginAnswers(scope, { origins: originsOf(options), onStranger })
}

async function registerFastAuth(app: FastifyInstance, given: FastAuthOptions): Promise<void> {
  const context = { isProduction: process.env.NODE_ENV === 'production' }
  const options = resolveOptions(given, context)
  assertStorageComplete(options)
  refuseCollidingCookies(app, options)
  const warn = createWarner({ log: app.log, silenced: options.silencedWarnings })
  // First, so that the storage is closed last, and also if the start fails.
  followLifecycle(app, [{ close: () => options.storage.close() }])
  const built = await composeDependencies(app, options, context)
  const { dependencies, requestLimits } = built
  const routeDependencies = composeRouteDependencies(app, options, built)
  if (options.migrate) await options.storage.migrate()
  followLifecycle(app, componentsOf(app, options, built))
  decorateApp(app, routeDependencies, built)
  guardAfterBodies(app)
  documentGuardedRoutes(app, routeDependencies.cookies.names)
  for (const code of unsafeOptionWarnings(options, context)) warn(code)

  /** Prepares a scope for our routes. */
  function prepare(scope: FastifyInstance, schemas: ScopeSchemas) {
    watchHost(scope, options, warn)
    useAnswerHeaders(scope)
    if (requestLimits !== null) useRequestLimits(scope, requestLimits, routeDependencies)
    useBodyTimeout(scope, options.bodyTimeoutSeconds * 1000)
    useStrictBodies(scope)
    useStrictSchemas(scope, schemas)
    scope.setErrorHandler((error, request, reply) => {
      routeDependencies.emitRefusal(request, error, request.user?.id ?? null)
      forwardError(error, request, reply)
    })
    return scope.withTypeProvider<TypeBoxTypeProvider>()
  }

  await app.register(
    async scope => {
      const ownScope = prepare(scope, schemasOf(options, dependencies))
      for (const feature of built.features) feature.addRoutes(ownScope, routeDependencies)
      const pages = built.emailFlows?.pages ?? null
      if (pages !== null) addPageRoutes(ownScope, pages)
    },
    { prefix: options.prefix },
  )
  const ofRoot = built.features.flatMap(({ addRootRoutes }) => addRootRoutes ?? [])
  if (ofRoot.length === 0) return
  await app.register(async scope => {
    const ownScope = prepare(scope, rootSchemas)
    for (const addRootRoutes of ofRoot) addRootRoutes(ownScope, routeDependencies)
  })
}

/**
 * Adds user authentication to a Fastify application: routes below `/auth`, guards, and `app.fastAuth`. Register it before the
 * routes that use its guards.
 * @throws {OptionInvalidError} An option is missing, unknown or out of range; the message names it.
 * @throws {SecretUnsafeError} A secret is short, guessable, known or repeated.
 * @throws {CookiesInsecureError} Cookies would be sent unencrypted in production.
 * @throws {StorageIncompleteError} The storage lacks a method.
 * @throws {PasswordHasherUnavailableError} A package for hashing is missing, or the self-test of hashing failed.
 * @example
 * ```ts
 * import Fastify from 'fastify'
 * import { currentUser, fastAuth } from 'fast-auth'
 * import { sqliteStorage } from 'fast-auth/storage/sqlite'
 *
 * const app = Fastify()
 * await app.register(fastAuth, {
 *   secrets: [process.env.AUTH_SECRET ?? ''],
 *   storage: sqliteStorage({ file: 'app.db' }),
 * })
 * app.get('/hello', { onRequest: app.fastAuth.authenticate }, async request => `Hello, ${currentUser(request).email}`)
 * await app.listen({ port: 3000 })
 * ```
 */
export const fastAuth = fp(registerFastAuth, { name: 'fast-auth', fastify: '5.x' })
