import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { namedSchemas } from '../schemas/index.js'
import { schemasWithProfile } from '../schemas/schemas-with-profile.js'
import { schemasWithUsername } from '../schemas/schemas-with-username.js'
import { withoutRefreshTokens } from '../schemas/single-token.js'
import { type Built, buildRooms } from './build-rooms.js'
import { type EmailFlows, runDelivery } from './email-flows.js'
import type { FastAuth } from './fast-auth.js'
import { useAnswerHeaders } from './http/answer-headers.js'
import { createAuthCookies } from './http/auth-cookies.js'
import { createAuthenticator } from './http/authenticator.js'
import type { ScopeSchemas } from './http/compiled-schemas.js'
import { createCrossSiteGuard } from './http/cross-site-guard.js'
import { handOnError } from './http/error-answers.js'
import { documentGuardedRoutes } from './http/guarded-routes.js'
import { createGuards, currentUser, guardAfterBodies } from './http/guards.js'
import { createIntrospectionGuard, createServiceCheck } from './http/introspection-guard.js'
import { createKnownDevices } from './http/known-devices.js'
import { createRefusalEvents } from './http/refusal-events.js'
import { useRequestLimits } from './http/request-limits.js'
import { serialisedOrigin } from './http/serialised-origin.js'
import { useStrictBodies } from './http/strict-bodies.js'
import { useStrictSchemas } from './http/strict-schemas.js'
import { watchCrossOriginAnswers } from './http/watch-cross-origin-answers.js'
import { watchForwardedHeaders } from './http/watch-forwarded-headers.js'
import { createMemoryCounters } from './limits/memory-counters.js'
import { getMe } from './operations/get-me.js'
import { listEvents } from './operations/list-events.js'
import { revokeApiKey } from './operations/revoke-api-key.js'
import type { Rooms, RoomsWithEmail } from './operations/rooms.js'
import { updateProfile } from './operations/update-profile.js'
import type { FastAuthOptions } from './options/options-schema.js'
import { type SettledOptions, settleOptions } from './options/settle-options.js'
import { createWarner } from './options/warnings/create-warner.js'
import { dangersOf } from './options/warnings/dangers-of.js'
import type { WarningCode } from './options/warnings/warnings.js'
import { addPageRoutes } from './pages/page-routes.js'
import { profileSchemas } from './profiles/profile-schemas.js'
import { publicPath } from './public-path.js'
import { createPurgeRounds } from './purge/purge-rounds.js'
import { healthOf, runRevocationFeed } from './revocation-rooms.js'
import { emailRoutes, profileRoutes, routes } from './routes/index.js'
import type { RouteRooms, RouteScope } from './routes/route-rooms.js'
import { type LoadedUser, withoutPasswordHash } from './tokens/loaded-user.js'
import { createUserAdministration } from './user-administration.js'

/** Whose pages may send requests with cookies. */
function originsOf({ publicUrl, trustedOrigins }: SettledOptions): ReadonlySet<string> {
  const trusted = publicUrl === undefined ? trustedOrigins : [publicUrl, ...trustedOrigins]
  return new Set(trusted.map(serialisedOrigin).filter(origin => origin !== null))
}

function buildRouteRooms(
  app: FastifyInstance,
  options: SettledOptions,
  { rooms, deviceTokens: tokens }: Built,
): RouteRooms {
  const { clock, requireOriginHeader, tokenMode, transport: defaultTransport } = options
  const crossSiteGuard = createCrossSiteGuard({ origins: originsOf(options), requireOriginHeader })
  const { domain = null } = options.cookies
  const cookies = createAuthCookies({ ...options.cookies, domain, path: publicPath(app, options) })
  const { enabled, deviceLifetimeSeconds } = options.limits
  const knownDevices = createKnownDevices({ tokens, cookies, lifetimeSeconds: enabled ? deviceLifetimeSeconds : 0 })
  const authenticator = createAuthenticator(app, { rooms, cookies, guard: crossSiteGuard, clock })
  const emitted = createMemoryCounters({ maximumKeys: options.limits.maximumCounters, clock })
  const { emit, measure } = rooms
  const emitRefusal = createRefusalEvents({ emitted, measure, emit, clock })
  const guards = createGuards({ authenticator, emitRefusal, clock })
  const isService = createServiceCheck(options.introspectionSecrets)
  const introspectionGuard = createIntrospectionGuard(isService, guards)
  const gates = { crossSiteGuard, guards, introspectionGuard, isService, emitRefusal }
  return { rooms, cookies, knownDevices, ...gates, tokenMode, defaultTransport, clock }
}

function decorate(app: FastifyInstance, { guards, clock }: RouteRooms, { rooms, eventLog, feed }: Built): void {
  const fastAuth: FastAuth = {
    ...guards,
    ...createUserAdministration(rooms, clock),
    revokeApiKey: key => revokeApiKey(rooms, { key, now: clock() }),
    updateProfile: (userId, patch) => updateProfile(rooms, { userId, patch, now: clock() }),
    async listEvents(request = {}) {
      await eventLog?.flush()
      return listEvents(rooms.storage, request)
    },
    health: () => healthOf(feed),
  }
  app.decorate('fastAuth', fastAuth)
  // A host's own @fastify/jwt has declared it already.
  if (!app.hasRequestDecorator('user')) app.decorateRequest('user', null)
  app.decorateRequest('loadUser', async function (): Promise<LoadedUser> {
    return withoutPasswordHash(await getMe(rooms, { userId: currentUser(this).id }))
  })
}

/** Purges from the first request on; the application closes when the batch under way is done. */
function runPurge(app: FastifyInstance, { purge, clock }: SettledOptions, { storage, measure }: Rooms): void {
  if (purge.everySeconds === 0) return
  const rounds = createPurgeRounds({
    ...purge,
    storage,
    clock,
    measure,
    onFailure: error => app.log.error({ err: error }, 'fast-auth: what has expired was not purged'),
  })
  // Processes that start together don't purge together.
  app.addHook('onReady', async () => rounds.start(Math.random() * purge.everySeconds))
  app.addHook('onClose', () => rounds.stop())
}

function hasEmail(routeRooms: RouteRooms): routeRooms is RouteRooms & { readonly rooms: RoomsWithEmail } {
  return routeRooms.rooms.email !== null
}

interface RouteParts {
  readonly routeRooms: RouteRooms
  readonly emailFlows: EmailFlows | null
  readonly options: SettledOptions
}

function addRoutes(scope: RouteScope, { routeRooms, emailFlows, options }: RouteParts): void {
  for (const route of routes) route(scope, routeRooms)
  if (options.usernames || options.profileSchema !== undefined)
    for (const route of profileRoutes) route(scope, routeRooms)
  if (hasEmail(routeRooms)) for (const route of emailRoutes) route(scope, routeRooms)
  const pages = emailFlows?.pages ?? null
  if (pages !== null) addPageRoutes(scope, pages)
}

function schemasOf(
  { profileSchema, usernames, requireEmailConfirmation }: SettledOptions,
  { hasRefreshTokens }: Rooms,
): ScopeSchemas {
  const named = usernames ? schemasWithUsername({ atSignUp: !requireEmailConfirmation }) : namedSchemas
  const issued = hasRefreshTokens ? named : withoutRefreshTokens(named)
  if (profileSchema !== undefined) return schemasWithProfile(issued, profileSchemas(profileSchema))
  return { documented: issued, answered: issued }
}

/** Warns of what the host has set, as far as answers and requests show it. */
function watchHost(scope: FastifyInstance, options: SettledOptions, warn: (code: WarningCode) => void): void {
  watchForwardedHeaders(scope, () => warn('FAST_AUTH_WARN_PROXY_UNTRUSTED'))
  const onStranger = () => warn('FAST_AUTH_WARN_CORS_OPEN')
  watchCrossOriginAnswers(scope, { origins: originsOf(options), onStranger })
}

async function registerFastAuth(app: FastifyInstance, given: FastAuthOptions): Promise<void> {
  const surroundings = { isProduction: process.env.NODE_ENV === 'production' }
  const options = settleOptions(given, surroundings)
  const warn = createWarner({ log: app.log, silenced: options.silencedWarnings })
  app.addHook('onClose', () => options.storage.close())
  const built = await buildRooms(app, options)
  const { rooms, requestLimits, emailFlows, eventLog } = built
  const routeRooms = buildRouteRooms(app, options, built)
  if (options.migrate) await options.storage.migrate()
  const writeWhatWaits = async () => void (await Promise.all([rooms.apiKeys.uses.flush(), eventLog?.flush()]))
  // The host may end its pool before our own onClose hooks run. Those write what the last requests have added.
  app.addHook('preClose', writeWhatWaits)
  app.addHook('onClose', writeWhatWaits)
  app.addHook('onClose', async () => void (await Promise.all(rooms.hooks.underWay)))
  runPurge(app, options, rooms)
  runRevocationFeed(app, built.feed)
  if (emailFlows !== null) runDelivery(app, emailFlows.delivery)
  decorate(app, routeRooms, built)
  guardAfterBodies(app)
  documentGuardedRoutes(app)
  for (const code of dangersOf(options, surroundings)) warn(code)
  await app.register(
    async scope => {
      watchHost(scope, options, warn)
      useAnswerHeaders(scope)
      if (requestLimits !== null) useRequestLimits(scope, requestLimits, routeRooms)
      useStrictBodies(scope)
      useStrictSchemas(scope, schemasOf(options, rooms))
      scope.setErrorHandler((error, request, reply) => {
        routeRooms.emitRefusal(request, error, null)
        handOnError(error, request, reply)
      })
      addRoutes(scope.withTypeProvider<TypeBoxTypeProvider>(), { routeRooms, emailFlows, options })
    },
    { prefix: options.prefix },
  )
}

/**
 * Gives a Fastify application complete user authentication: `await app.register(fastAuth, { secrets, storage })`.
 * Registering rejects where an option is missing, unknown or unsafe, with a sentence that names it.
 */
export const fastAuth = fp(registerFastAuth, { name: 'fast-auth', fastify: '5.x' })
