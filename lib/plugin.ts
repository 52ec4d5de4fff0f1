import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { namedSchemas } from '../schemas/index.js'
import { schemasWithProfile } from '../schemas/schemas-with-profile.js'
import { schemasWithUsername } from '../schemas/schemas-with-username.js'
import { buildEmailFlows, type EmailFlows, runDelivery } from './email-flows.js'
import { createApiKeyUses } from './events/api-key-uses.js'
import { createEmitter } from './events/emitter.js'
import { createEventLog, type EventLog } from './events/event-log.js'
import type { FastAuth } from './fast-auth.js'
import { useAnswerHeaders } from './http/answer-headers.js'
import { createAuthCookies } from './http/auth-cookies.js'
import { createAuthenticator } from './http/authenticator.js'
import { createCrossSiteGuard } from './http/cross-site-guard.js'
import { handOnError } from './http/error-answers.js'
import { documentGuardedRoutes } from './http/guarded-routes.js'
import { createGuards, currentUser } from './http/guards.js'
import { createIntrospectionGuard } from './http/introspection-guard.js'
import { createJwtKeys } from './http/jwt-keys.js'
import { useStrictBodies } from './http/strict-bodies.js'
import { type ScopeSchemas, useStrictSchemas } from './http/strict-schemas.js'
import { getMe } from './operations/get-me.js'
import type { HookRooms } from './operations/hooks.js'
import { listEvents } from './operations/list-events.js'
import { revokeApiKey } from './operations/revoke-api-key.js'
import type { ApiKeyRooms, Rooms, RoomsWithEmail } from './operations/rooms.js'
import { updateProfile } from './operations/update-profile.js'
import type { FastAuthOptions } from './options/options-schema.js'
import { type SettledOptions, settleOptions } from './options/settle-options.js'
import { addPageRoutes } from './pages/page-routes.js'
import { buildPasswordRooms } from './password-rooms.js'
import { createProfileRules } from './profiles/profile-rules.js'
import { profileSchemas } from './profiles/profile-schemas.js'
import { createPurgeRounds } from './purge/purge-rounds.js'
import { createRevokedSessions } from './revocation/revoked-sessions.js'
import { createVerifiedApiKeys } from './revocation/verified-api-keys.js'
import { emailRoutes, profileRoutes, routes } from './routes/index.js'
import type { RouteRooms, RouteScope } from './routes/route-rooms.js'
import { answeringStorage } from './storage/answering-storage.js'
import type { Storage } from './storage/storage.js'
import { clockToleranceSeconds, createAccessTokens, type JwtKey } from './tokens/access-token.js'
import type { LoadedUser } from './tokens/claims-hook.js'
import { createKeyring } from './tokens/keyring.js'
import { createRefreshTokens } from './tokens/refresh-token.js'
import { signingKeys } from './tokens/signing-keys.js'
import { createUserAdministration } from './user-administration.js'
import { createReservedUsernames } from './usernames/reserved-usernames.js'

interface Built {
  readonly rooms: Rooms
  readonly emailFlows: EmailFlows | null
  /** `null` where events are not kept. */
  readonly eventLog: EventLog | null
}

/** How often a key's last use is written at most. */
const writeUsesEverySeconds = 60

function buildApiKeyRooms(app: FastifyInstance, { apiKeys: options }: SettledOptions, storage: Storage): ApiKeyRooms {
  const { defaultLifetimeSeconds = null, maximumLifetimeSeconds = null, rememberSeconds, rememberedKeys } = options
  return {
    ...options,
    defaultLifetimeSeconds,
    maximumLifetimeSeconds,
    verified: createVerifiedApiKeys({ rememberSeconds, maximumSize: rememberedKeys }),
    uses: createApiKeyUses({
      apiKeys: storage.apiKeys,
      everySeconds: writeUsesEverySeconds,
      onFailure: error => app.log.error({ err: error }, 'fast-auth: the last uses of API keys were not written'),
    }),
  }
}

function buildHookRooms(app: FastifyInstance, { hooks: { timeoutSeconds, ...given } }: SettledOptions): HookRooms {
  return {
    given,
    timeoutMilliseconds: timeoutSeconds * 1000,
    underWay: new Set(),
    onFailure: (hook, error) => app.log.error({ err: error, hook }, 'fast-auth: a hook failed after the fact'),
  }
}

function buildEventLog(app: FastifyInstance, { auditLog }: SettledOptions, { events }: Storage): EventLog | null {
  if (!auditLog) return null
  return createEventLog({
    events,
    everySeconds: 1,
    maximumWaiting: 10_000,
    onFailure: error => app.log.error({ err: error }, 'fast-auth: events were not written to the storage'),
  })
}

async function buildRooms(app: FastifyInstance, options: SettledOptions): Promise<Built> {
  const keyring = createKeyring(options.secrets)
  const storage = answeringStorage(options.storage, options.storageTimeoutSeconds * 1000)
  const { outbox } = storage
  const { profileSchema } = options
  const emailFlows = buildEmailFlows(app, { options, keyring, outbox, routesPath: publicPath(app, options) })
  const { issuer, audience, accessTokenLifetimeSeconds: lifetimeSeconds } = options
  const keys = await createJwtKeys(app, signingKeys(keyring, options.accessTokenKeys), { issuer, audience })
  const eventLog = buildEventLog(app, options, storage)
  const rooms: Rooms = {
    storage,
    ...(await buildPasswordRooms(options)),
    accessTokens: createAccessTokens({ keys: keys as [JwtKey, ...JwtKey[]], issuer, audience, lifetimeSeconds }),
    publicKeys: options.accessTokenKeys.map(({ jwk }) => jwk),
    claimsHook: options.claims ?? null,
    profileRules: profileSchema === undefined ? null : createProfileRules(profileSchema),
    reservedUsernames: createReservedUsernames(options.reservedUsernames),
    refreshTokens: createRefreshTokens(keyring),
    revokedSessions: createRevokedSessions(lifetimeSeconds + clockToleranceSeconds),
    sessionLifetimes: {
      idleSeconds: options.sessionIdleLifetimeSeconds,
      absoluteSeconds: options.sessionLifetimeSeconds,
      graceSeconds: options.refreshGraceSeconds,
    },
    apiKeys: buildApiKeyRooms(app, options, storage),
    isStrict: options.revocation === 'strict',
    email: emailFlows?.rooms ?? null,
    hooks: buildHookRooms(app, options),
    emit: createEmitter({ log: app.log, eventLog, onEvent: options.onEvent }),
  }
  return { rooms, emailFlows, eventLog }
}

/** The path of our routes as a browser sees it. */
function publicPath(app: FastifyInstance, { publicUrl, prefix }: SettledOptions): string {
  const base = publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '')
  return base + app.prefix + prefix
}

function buildRouteRooms(app: FastifyInstance, options: SettledOptions, rooms: Rooms): RouteRooms {
  const { clock, requireOriginHeader, publicUrl, trustedOrigins } = options
  const trusted = publicUrl === undefined ? trustedOrigins : [publicUrl, ...trustedOrigins]
  const origins = new Set(trusted.map(url => new URL(url).origin))
  const crossSiteGuard = createCrossSiteGuard({ origins, requireOriginHeader })
  const { domain = null } = options.cookies
  const cookies = createAuthCookies({ ...options.cookies, domain, path: publicPath(app, options) })
  const authenticator = createAuthenticator({ rooms, cookies, guard: crossSiteGuard, clock })
  const guards = createGuards(authenticator, clock)
  const introspectionGuard = createIntrospectionGuard(options.introspectionSecrets, guards)
  return { rooms, cookies, crossSiteGuard, guards, introspectionGuard, defaultTransport: options.transport, clock }
}

function decorate(app: FastifyInstance, { rooms, guards, clock }: RouteRooms, eventLog: EventLog | null): void {
  const fastAuth: FastAuth = {
    ...guards,
    ...createUserAdministration(rooms, clock),
    revokeApiKey: key => revokeApiKey(rooms, { key, now: clock() }),
    updateProfile: (userId, patch) => updateProfile(rooms, { userId, patch, now: clock() }),
    async listEvents(request = {}) {
      await eventLog?.flush()
      return listEvents(rooms.storage, request)
    },
  }
  app.decorate('fastAuth', fastAuth)
  // A host's own @fastify/jwt has declared it already.
  if (!app.hasRequestDecorator('user')) app.decorateRequest('user', null)
  app.decorateRequest('loadUser', async function (): Promise<LoadedUser> {
    const { passwordHash: _, ...user } = await getMe(rooms, { userId: currentUser(this).id })
    return user
  })
}

/** Purges from the first request on; the application closes when the batch under way is done. */
function runPurge(app: FastifyInstance, { purge, clock }: SettledOptions, storage: Storage): void {
  if (purge.everySeconds === 0) return
  const rounds = createPurgeRounds({
    ...purge,
    storage,
    clock,
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

function schemasOf({ profileSchema, usernames, requireEmailConfirmation }: SettledOptions): ScopeSchemas {
  const named = usernames ? schemasWithUsername({ atSignUp: !requireEmailConfirmation }) : namedSchemas
  if (profileSchema !== undefined) return schemasWithProfile(named, profileSchemas(profileSchema))
  return { documented: named, answered: named }
}

async function registerFastAuth(app: FastifyInstance, given: FastAuthOptions): Promise<void> {
  const options = settleOptions(given, { isProduction: process.env.NODE_ENV === 'production' })
  app.addHook('onClose', () => options.storage.close())
  const { rooms, emailFlows, eventLog } = await buildRooms(app, options)
  const routeRooms = buildRouteRooms(app, options, rooms)
  if (options.migrate) await options.storage.migrate()
  app.addHook('onClose', () => rooms.apiKeys.uses.flush())
  app.addHook('onClose', async () => eventLog?.flush())
  app.addHook('onClose', async () => void (await Promise.all(rooms.hooks.underWay)))
  runPurge(app, options, rooms.storage)
  if (emailFlows !== null) runDelivery(app, emailFlows.delivery)
  decorate(app, routeRooms, eventLog)
  documentGuardedRoutes(app)
  await app.register(
    async scope => {
      useAnswerHeaders(scope)
      useStrictBodies(scope)
      useStrictSchemas(scope, schemasOf(options))
      scope.setErrorHandler(handOnError)
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
