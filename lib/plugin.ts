import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { namedSchemas } from '../schemas/index.js'
import { schemasWithProfile } from '../schemas/schemas-with-profile.js'
import { schemasWithUsername } from '../schemas/schemas-with-username.js'
import { withoutRefreshTokens } from '../schemas/single-token.js'
import { type Built, composeDependencies } from './composition/compose-dependencies.js'
import { type EmailFlows, runDelivery } from './composition/compose-email-flows.js'
import { healthOf, runRevocationFeed } from './composition/compose-revocation.js'
import type { FastAuth } from './composition/fast-auth.js'
import { publicPath } from './composition/public-path.js'
import { refuseCollidingCookies } from './composition/refuse-colliding-cookies.js'
import { createUserAdministration } from './composition/user-administration.js'
import { useAnswerHeaders } from './http/answer-headers.js'
import { createAuthCookies } from './http/auth-cookies.js'
import { createAuthenticator } from './http/authenticator.js'
import { useBodyTimeout } from './http/body-timeout.js'
import type { ScopeSchemas } from './http/compiled-schemas.js'
import { createCrossSiteGuard } from './http/cross-site-guard.js'
import { forwardError } from './http/error-answers.js'
import { documentGuardedRoutes } from './http/guarded-routes.js'
import { createGuards, currentUser, guardAfterBodies } from './http/guards.js'
import { createIntrospectionGuard, createServiceCheck } from './http/introspection-guard.js'
import { createKnownDevices } from './http/known-devices.js'
import { createQuantizer } from './http/quantize-response-time.js'
import { createRefusalEvents } from './http/refusal-events.js'
import { useRequestLimits } from './http/request-limits.js'
import { serialisedOrigin } from './http/serialised-origin.js'
import { useStrictBodies } from './http/strict-bodies.js'
import { useStrictSchemas } from './http/strict-schemas.js'
import { watchCrossOriginAnswers } from './http/watch-cross-origin-answers.js'
import { watchForwardedHeaders } from './http/watch-forwarded-headers.js'
import { createMemoryCounters } from './limits/memory-counters.js'
import type { Dependencies, DependenciesWithEmail } from './operations/dependencies.js'
import { getMe } from './operations/get-me.js'
import { listEvents } from './operations/list-events.js'
import { revokeApiKey } from './operations/revoke-api-key.js'
import { updateProfile } from './operations/update-profile.js'
import type { FastAuthOptions } from './options/options-schema.js'
import { type ResolvedOptions, resolveOptions } from './options/resolve-options.js'
import { createWarner } from './options/warnings/create-warner.js'
import { unsafeOptionWarnings } from './options/warnings/unsafe-option-warnings.js'
import type { WarningCode } from './options/warnings/warnings.js'
import { addPageRoutes } from './pages/page-routes.js'
import { profileSchemas } from './profiles/profile-schemas.js'
import { createPurgePoller } from './purge/purge-poller.js'
import { emailRoutes, profileRoutes, routes } from './routes/index.js'
import type { RouteDependencies, RouteScope } from './routes/route-dependencies.js'
import { type LoadedUser, withoutPasswordHash } from './tokens/loaded-user.js'

/** Returns the origins whose pages may send requests with cookies. */
function originsOf({ publicUrl, trustedOrigins }: ResolvedOptions): ReadonlySet<string> {
  const trusted = publicUrl === undefined ? trustedOrigins : [publicUrl, ...trustedOrigins]
  return new Set(trusted.map(serialisedOrigin).filter(origin => origin !== null))
}

function composeRouteDependencies(
  app: FastifyInstance,
  options: ResolvedOptions,
  { dependencies, deviceTokens: tokens }: Built,
): RouteDependencies {
  const { clock, uptime, sleep, requireOriginHeader, tokenMode, transport: defaultTransport } = options
  const crossSiteGuard = createCrossSiteGuard({ origins: originsOf(options), requireOriginHeader })
  const { domain = null, previousDomain = null, namePrefix = '' } = options.cookies
  const { accessTokens, refreshTokens } = dependencies
  const cookies = createAuthCookies(
    { ...options.cookies, domain, previousDomain, namePrefix, path: publicPath(app, options) },
    { accessTokens, refreshTokens, clock },
  )
  const { enabled, deviceLifetimeSeconds } = options.limits
  const knownDevices = createKnownDevices({ tokens, cookies, lifetimeSeconds: enabled ? deviceLifetimeSeconds : 0 })
  const authenticator = createAuthenticator(app, { dependencies, cookies, guard: crossSiteGuard, clock })
  const emitted = createMemoryCounters({ maximumKeys: options.limits.maximumCounters, uptime })
  const { emit, measure } = dependencies
  const emitRefusal = createRefusalEvents({ emitted, measure, emit, clock })
  const guards = createGuards({ authenticator, emitRefusal, clock })
  const isService = createServiceCheck(options.introspectionSecrets)
  const introspectionGuard = createIntrospectionGuard(isService, guards)
  const gates = { crossSiteGuard, guards, introspectionGuard, isService, emitRefusal }
  const quantizeResponseTime = createQuantizer({ uptime, sleep })
  return { dependencies, cookies, knownDevices, ...gates, quantizeResponseTime, tokenMode, defaultTransport, clock }
}

function decorate(
  app: FastifyInstance,
  { guards, clock }: RouteDependencies,
  { dependencies, eventLog, feed }: Built,
): void {
  const fastAuth: FastAuth = {
    ...guards,
    ...createUserAdministration(dependencies, clock),
    revokeApiKey: key => revokeApiKey(dependencies, { key, now: clock() }),
    updateProfile: (userId, patch) => updateProfile(dependencies, { userId, patch, now: clock() }),
    async listEvents(request = {}) {
      await eventLog?.flush()
      return listEvents(dependencies.storage, request)
    },
    health: () => healthOf(feed),
  }
  app.decorate('fastAuth', fastAuth)
  // The host's own @fastify/jwt may have declared it already.
  if (!app.hasRequestDecorator('user')) app.decorateRequest('user', null)
  app.decorateRequest('loadUser', async function (): Promise<LoadedUser> {
    return withoutPasswordHash(await getMe(dependencies, { userId: currentUser(this).id }))
  })
}

/** Starts the purge when the application is ready; closing waits for the current batch. */
function runPurge(app: FastifyInstance, { purge, clock }: ResolvedOptions, { storage, measure }: Dependencies): void {
  if (purge.everySeconds === 0) return
  const poller = createPurgePoller({
    ...purge,
    storage,
    clock,
    measure,
    onFailure: error => app.log.error({ err: error }, 'fast-auth: what has expired was not purged'),
  })
  // A random start, so that processes that start together do not purge together.
  app.addHook('onReady', async () => poller.start(Math.random() * purge.everySeconds))
  app.addHook('onClose', () => poller.stop())
}

function hasEmail(
  routeDependencies: RouteDependencies,
): routeDependencies is RouteDependencies & { readonly dependencies: DependenciesWithEmail } {
  return routeDependencies.dependencies.email !== null
}

interface RouteParts {
  readonly routeDependencies: RouteDependencies
  readonly emailFlows: EmailFlows | null
  readonly options: ResolvedOptions
}

function addRoutes(scope: RouteScope, { routeDependencies, emailFlows, options }: RouteParts): void {
  for (const route of routes) route(scope, routeDependencies)
  if (options.usernames || options.profileSchema !== undefined)
    for (const route of profileRoutes) route(scope, routeDependencies)
  if (hasEmail(routeDependencies)) for (const route of emailRoutes) route(scope, routeDependencies)
  const pages = emailFlows?.pages ?? null
  if (pages !== null) addPageRoutes(scope, pages)
}

function schemasOf(
  { profileSchema, usernames, requireEmailConfirmation }: ResolvedOptions,
  { hasRefreshTokens }: Dependencies,
): ScopeSchemas {
  const named = usernames ? schemasWithUsername({ atSignUp: !requireEmailConfirmation }) : namedSchemas
  const issued = hasRefreshTokens ? named : withoutRefreshTokens(named)
  if (profileSchema !== undefined) return schemasWithProfile(issued, profileSchemas(profileSchema))
  return { documented: issued, answered: issued }
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
  refuseCollidingCookies(app, options)
  const warn = createWarner({ log: app.log, silenced: options.silencedWarnings })
  app.addHook('onClose', () => options.storage.close())
  const built = await composeDependencies(app, options)
  const { dependencies, requestLimits, emailFlows, eventLog } = built
  const routeDependencies = composeRouteDependencies(app, options, built)
  if (options.migrate) await options.storage.migrate()
  const writeWhatWaits = async () => void (await Promise.all([dependencies.apiKeys.uses.flush(), eventLog?.flush()]))
  // The host may end its pool before our own onClose hooks run. Those write the data of the last requests.
  app.addHook('preClose', writeWhatWaits)
  app.addHook('onClose', writeWhatWaits)
  app.addHook('onClose', async () => void (await Promise.all(dependencies.hooks.underWay)))
  runPurge(app, options, dependencies)
  runRevocationFeed(app, built.feed)
  if (emailFlows !== null) runDelivery(app, emailFlows.delivery)
  decorate(app, routeDependencies, built)
  guardAfterBodies(app)
  documentGuardedRoutes(app, routeDependencies.cookies.names)
  for (const code of unsafeOptionWarnings(options, context)) warn(code)
  await app.register(
    async scope => {
      watchHost(scope, options, warn)
      useAnswerHeaders(scope)
      if (requestLimits !== null) useRequestLimits(scope, requestLimits, routeDependencies)
      useBodyTimeout(scope, options.bodyTimeoutSeconds * 1000)
      useStrictBodies(scope)
      useStrictSchemas(scope, schemasOf(options, dependencies))
      scope.setErrorHandler((error, request, reply) => {
        routeDependencies.emitRefusal(request, error, null)
        forwardError(error, request, reply)
      })
      addRoutes(scope.withTypeProvider<TypeBoxTypeProvider>(), { routeDependencies, emailFlows, options })
    },
    { prefix: options.prefix },
  )
}

/**
 * Adds user authentication to a Fastify application: `await app.register(fastAuth, { secrets, storage })`.
 * Rejects if an option is missing, unknown or unsafe, with a sentence that names it.
 */
export const fastAuth = fp(registerFastAuth, { name: 'fast-auth', fastify: '5.x' })
