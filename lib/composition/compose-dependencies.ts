import type { FastifyInstance } from 'fastify'
import type { AuthEvent } from '../events/auth-event.js'
import { createEmitter } from '../events/emitter.js'
import type { BaseStorage } from '../features/base-storage.js'
import type { Dependencies } from '../features/dependencies.js'
import type { ComposedFeature } from '../features/feature.js'
import type { OrganizationAdministration } from '../features/organization-administration.js'
import type { ProofSource } from '../features/proof-source.js'
import type { HookDependencies } from '../hooks/hooks.js'
import type { BearerCredential } from '../http/bearer-credential.js'
import { createJwtKeys } from '../http/jwt-keys.js'
import type { RequestLimits } from '../http/request-limits.js'
import type { RoleSource } from '../http/role-source.js'
import { createProfileRules } from '../profiles/profile-rules.js'
import { instrumentedStorage } from '../storage/instrumented-storage.js'
import { createMeasure } from '../telemetry/create-measure.js'
import { createAccessTokens, type JwtKey } from '../tokens/access-token.js'
import { createDeviceTokens, type DeviceTokens } from '../tokens/device-token.js'
import { createKeyring } from '../tokens/keyring.js'
import { createRefreshTokens } from '../tokens/refresh-token.js'
import { createSealer } from '../tokens/sealer.js'
import { createSessionLifetimes } from '../tokens/session-lifetimes.js'
import { createSignInTokens } from '../tokens/sign-in-token.js'
import { signingKeys } from '../tokens/signing-keys.js'
import { createReservedUsernames } from '../usernames/reserved-usernames.js'
import { appNameOf } from './app-name-of.js'
import { composeEmailFlows, type EmailFlows } from './compose-email-flows.js'
import { composeLimits } from './compose-limits.js'
import { composePasswordDependencies } from './compose-passwords.js'
import { composeRevocation, type FollowedFeed } from './compose-revocation.js'
import { featuresOf } from './features.js'
import type { ResolvedOptions } from './options/resolve-options.js'
import { originsOf } from './origins-of.js'
import { publicPath } from './public-path.js'
import type { StorageOfSomeFeatures } from './storage.js'

/** The components of the plugin. */
export interface Built {
  readonly dependencies: Dependencies
  readonly deviceTokens: DeviceTokens
  /** `null` without request limits. */
  readonly requestLimits: RequestLimits | null
  readonly emailFlows: EmailFlows | null
  /** The storage with a deadline. It may lack the methods of features that are off. */
  readonly storage: StorageOfSomeFeatures
  readonly features: readonly ComposedFeature[]
  /** `null`: the application has no organisations. */
  readonly roles: RoleSource | null
  /** `null`, likewise. */
  readonly organizationAdministration: OrganizationAdministration | null
  /** Writes buffered events to the storage. */
  flushEvents(): Promise<void>
  /** `null` if the revocation feed is not read. */
  readonly feed: FollowedFeed | null
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

function isGiven<Part>(part: Part | undefined): part is Part {
  return part !== undefined
}

/** Creates the dependencies of the operations from the options. @throws if a key is invalid, or hashing does not work here. */
export async function composeDependencies(
  app: FastifyInstance,
  options: ResolvedOptions,
  { isProduction }: { readonly isProduction: boolean },
): Promise<Built> {
  const keyring = createKeyring(options.secrets)
  const measure = createMeasure({
    metrics: options.metrics,
    onFailure: (error, name) => app.log.error({ err: error, metric: name }, 'fast-auth: metrics threw'),
  })
  const storage = instrumentedStorage(options.storage, options.storageTimeoutSeconds * 1000, measure)
  // Only the e-mail flows use `oneTimeTokens` and `outbox`. If they are on, the storage has both.
  const baseStorage = storage as BaseStorage
  const sealer = createSealer(keyring)
  const routesPath = publicPath(app, options)
  const { publicUrl } = options
  const origins = { own: publicUrl === undefined ? null : new URL(publicUrl).origin, all: originsOf(options) }
  const of = { routesPath, origins, isProduction }
  const parts = { options, storage, log: app.log, sealer, keyring, appName: appNameOf(options), ...of }
  const composed = featuresOf(options).map(feature => feature.compose(parts))
  const forgetApiKeys = (apiKeyIds: readonly string[]) => {
    for (const feature of composed) feature.forgetApiKeys?.(apiKeyIds)
  }
  const note = (event: AuthEvent) => {
    for (const feature of composed) feature.noteEvent?.(event)
  }
  const credentials: BearerCredential[] = []
  const proofSources: ProofSource[] = []
  const { profileSchema } = options
  const { issuer, audience, accessTokenLifetimeSeconds: lifetimeSeconds } = options
  const keys = await createJwtKeys(app, signingKeys(keyring, options.accessTokenKeys), { issuer, audience })
  const hasRefreshTokens = options.tokenMode === 'pair'
  const emit = createEmitter({ log: app.log, note, onEvent: options.onEvent, measure })
  const emailFlows = composeEmailFlows(app, { options, sealer, storage: baseStorage, routesPath, measure, emit })
  const revocation = composeRevocation(app, { options, storage: baseStorage, forgetApiKeys, emit, measure })
  const { limits, requestLimits } = composeLimits(app, { options, emit })
  const dependencies: Dependencies = {
    storage: baseStorage,
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
    forgetApiKeys,
    secondFactor: options.secondFactor,
    hasOrganizations: options.organizations !== null,
    invitedSignUp: null,
    additionsOf: user => Object.assign({}, ...composed.map(feature => feature.additionsOf?.(user))),
    hasReauthentication: composed.some(({ proofs }) => proofs !== undefined),
    proofSources,
    signInTokens: createSignInTokens({ keyring }),
    credentials,
    email: emailFlows?.dependencies ?? null,
    hooks: composeHookDependencies(app, options),
    emit,
    measure,
  }
  for (const { credential, proofs } of composed) {
    if (credential !== undefined) credentials.push(credential(dependencies))
    if (proofs !== undefined) proofSources.push(proofs(dependencies))
  }
  const deviceTokens = createDeviceTokens({ keyring, hashing: dependencies.passwords.hashing })
  const flushEvents = async () => void (await Promise.all(composed.map(feature => feature.flushEvents?.())))
  const invitedSignUp = composed.map(feature => feature.invitedSignUp?.(dependencies)).find(isGiven) ?? null
  const roles = composed.map(({ roleSource }) => roleSource).find(isGiven) ?? null
  const organizationAdministration =
    composed.map(feature => feature.administerOrganizations?.(dependencies)).find(isGiven) ?? null
  return {
    dependencies: { ...dependencies, invitedSignUp },
    roles,
    organizationAdministration,
    storage,
    features: composed,
    flushEvents,
    deviceTokens,
    requestLimits,
    emailFlows,
    feed: revocation.feed,
  }
}
