import type { FastifyInstance } from 'fastify'
import { createEmitter } from '../events/emitter.js'
import { createApiKeyCache } from '../features/api-keys/api-key-cache.js'
import { createApiKeyUses } from '../features/api-keys/api-key-uses.js'
import { createEventLog, type EventLog } from '../features/audit-log/event-log.js'
import type { ApiKeyDependencies, Dependencies } from '../features/dependencies.js'
import type { HookDependencies } from '../hooks/hooks.js'
import { createJwtKeys } from '../http/jwt-keys.js'
import type { RequestLimits } from '../http/request-limits.js'
import { createProfileRules } from '../profiles/profile-rules.js'
import { instrumentedStorage } from '../storage/instrumented-storage.js'
import { createMeasure } from '../telemetry/create-measure.js'
import { createAccessTokens, type JwtKey } from '../tokens/access-token.js'
import { createDeviceTokens, type DeviceTokens } from '../tokens/device-token.js'
import { createKeyring } from '../tokens/keyring.js'
import { createRefreshTokens } from '../tokens/refresh-token.js'
import { createSessionLifetimes } from '../tokens/session-lifetimes.js'
import { signingKeys } from '../tokens/signing-keys.js'
import { createReservedUsernames } from '../usernames/reserved-usernames.js'
import { composeEmailFlows, type EmailFlows } from './compose-email-flows.js'
import { composeLimits } from './compose-limits.js'
import { composePasswordDependencies } from './compose-passwords.js'
import { composeRevocation, type FollowedFeed } from './compose-revocation.js'
import type { ResolvedOptions } from './options/resolve-options.js'
import { publicPath } from './public-path.js'
import type { Storage } from './storage.js'

/** The components of the plugin. */
export interface Built {
  readonly dependencies: Dependencies
  readonly deviceTokens: DeviceTokens
  /** `null` without request limits. */
  readonly requestLimits: RequestLimits | null
  readonly emailFlows: EmailFlows | null
  /** `null` if events are not stored. */
  readonly eventLog: EventLog | null
  /** `null` if the revocation feed is not read. */
  readonly feed: FollowedFeed | null
}

/** Minimum interval between two writes of a key's last use. */
const writeUsesEverySeconds = 60

function composeApiKeyDependencies(
  app: FastifyInstance,
  { apiKeys: options, uptime }: ResolvedOptions,
  storage: Storage,
): ApiKeyDependencies {
  const { defaultLifetimeSeconds = null, maximumLifetimeSeconds = null, rememberSeconds, rememberedKeys } = options
  return {
    ...options,
    defaultLifetimeSeconds,
    maximumLifetimeSeconds,
    verified: createApiKeyCache({ rememberSeconds, maximumSize: rememberedKeys, uptime }),
    uses: createApiKeyUses({
      apiKeys: storage.apiKeys,
      everySeconds: writeUsesEverySeconds,
      onFailure: error => app.log.error({ err: error }, 'fast-auth: the last uses of API keys were not written'),
    }),
  }
}

function composeHookDependencies(
  app: FastifyInstance,
  { hooks: { timeoutSeconds, ...given } }: ResolvedOptions,
): HookDependencies {
  return {
    given,
    timeoutMilliseconds: timeoutSeconds * 1000,
    underWay: new Set(),
    onFailure: (hook, error) => app.log.error({ err: error, hook }, 'fast-auth: a hook failed after the fact'),
  }
}

function buildEventLog(app: FastifyInstance, { auditLog }: ResolvedOptions, { events }: Storage): EventLog | null {
  if (!auditLog) return null
  return createEventLog({
    events,
    everySeconds: 1,
    maximumWaiting: 10_000,
    onFailure: error => app.log.error({ err: error }, 'fast-auth: events were not written to the storage'),
  })
}

/** Creates the dependencies of the operations from the options. @throws if a key is invalid, or hashing does not work here. */
export async function composeDependencies(app: FastifyInstance, options: ResolvedOptions): Promise<Built> {
  const keyring = createKeyring(options.secrets)
  const measure = createMeasure({
    metrics: options.metrics,
    onFailure: (error, name) => app.log.error({ err: error, metric: name }, 'fast-auth: metrics threw'),
  })
  const storage = instrumentedStorage(options.storage, options.storageTimeoutSeconds * 1000, measure)
  const { profileSchema } = options
  const { issuer, audience, accessTokenLifetimeSeconds: lifetimeSeconds } = options
  const keys = await createJwtKeys(app, signingKeys(keyring, options.accessTokenKeys), { issuer, audience })
  const eventLog = buildEventLog(app, options, storage)
  const hasRefreshTokens = options.tokenMode === 'pair'
  const emit = createEmitter({ log: app.log, eventLog, onEvent: options.onEvent, measure })
  const routesPath = publicPath(app, options)
  const emailFlows = composeEmailFlows(app, { options, keyring, storage, routesPath, measure, emit })
  const apiKeys = composeApiKeyDependencies(app, options, storage)
  const revocation = composeRevocation(app, { options, storage, apiKeyCache: apiKeys.verified, emit, measure })
  const { limits, requestLimits } = composeLimits(app, { options, emit })
  const dependencies: Dependencies = {
    storage,
    limits,
    ...(await composePasswordDependencies(options, { admit: limits.hash, measure })),
    accessTokens: createAccessTokens({
      keys: keys as [JwtKey, ...JwtKey[]],
      issuer,
      audience,
      lifetimeSeconds,
      rememberedCount: options.rememberedAccessTokens,
    }),
    publicKeys: options.accessTokenKeys.map(({ jwk }) => jwk),
    claimsHook: options.claims ?? null,
    profileRules: profileSchema === undefined ? null : createProfileRules(profileSchema),
    reservedUsernames: createReservedUsernames(options.reservedUsernames),
    refreshTokens: createRefreshTokens(keyring),
    ...revocation.dependencies,
    hasRefreshTokens,
    sessionLifetimes: createSessionLifetimes({
      idleSeconds: options.sessionIdleLifetimeSeconds,
      absoluteSeconds: options.sessionLifetimeSeconds,
      graceSeconds: options.refreshGraceSeconds,
      wholeSeconds: !hasRefreshTokens,
    }),
    maximumSessionsPerUser: options.maximumSessionsPerUser,
    apiKeys,
    email: emailFlows?.dependencies ?? null,
    hooks: composeHookDependencies(app, options),
    emit,
    measure,
  }
  const deviceTokens = createDeviceTokens({ keyring, hashing: dependencies.passwords.hashing })
  return { dependencies, deviceTokens, requestLimits, emailFlows, eventLog, feed: revocation.feed }
}
