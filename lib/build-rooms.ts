import type { FastifyInstance } from 'fastify'
import { buildEmailFlows, type EmailFlows } from './email-flows.js'
import { createApiKeyUses } from './events/api-key-uses.js'
import { createEmitter } from './events/emitter.js'
import { createEventLog, type EventLog } from './events/event-log.js'
import { createJwtKeys } from './http/jwt-keys.js'
import type { HookRooms } from './operations/hooks.js'
import type { ApiKeyRooms, Rooms } from './operations/rooms.js'
import { createSessionLifetimes } from './operations/session-lifetimes.js'
import type { SettledOptions } from './options/settle-options.js'
import { buildPasswordRooms } from './password-rooms.js'
import { createProfileRules } from './profiles/profile-rules.js'
import { publicPath } from './public-path.js'
import type { RevocationFeed } from './revocation/revocation-feed.js'
import { createVerifiedApiKeys } from './revocation/verified-api-keys.js'
import { buildRevocation } from './revocation-rooms.js'
import { answeringStorage } from './storage/answering-storage.js'
import type { Storage } from './storage/storage.js'
import { createAccessTokens, type JwtKey } from './tokens/access-token.js'
import { createKeyring } from './tokens/keyring.js'
import { createRefreshTokens } from './tokens/refresh-token.js'
import { signingKeys } from './tokens/signing-keys.js'
import { createReservedUsernames } from './usernames/reserved-usernames.js'

/** What the plugin is made of. */
export interface Built {
  readonly rooms: Rooms
  readonly emailFlows: EmailFlows | null
  /** `null` where events are not kept. */
  readonly eventLog: EventLog | null
  /** `null` where it is not read. */
  readonly feed: RevocationFeed | null
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

/** Wires the rooms of the domain from the options. @throws whatever is wrong with a key or with hashing here. */
export async function buildRooms(app: FastifyInstance, options: SettledOptions): Promise<Built> {
  const keyring = createKeyring(options.secrets)
  const storage = answeringStorage(options.storage, options.storageTimeoutSeconds * 1000)
  const { outbox } = storage
  const { profileSchema } = options
  const emailFlows = buildEmailFlows(app, { options, keyring, outbox, routesPath: publicPath(app, options) })
  const { issuer, audience, accessTokenLifetimeSeconds: lifetimeSeconds } = options
  const keys = await createJwtKeys(app, signingKeys(keyring, options.accessTokenKeys), { issuer, audience })
  const eventLog = buildEventLog(app, options, storage)
  const hasRefreshTokens = options.tokenMode === 'pair'
  const emit = createEmitter({ log: app.log, eventLog, onEvent: options.onEvent })
  const apiKeys = buildApiKeyRooms(app, options, storage)
  const revocation = buildRevocation(app, { options, storage, verifiedApiKeys: apiKeys.verified, emit })
  const rooms: Rooms = {
    storage,
    ...(await buildPasswordRooms(options)),
    accessTokens: createAccessTokens({ keys: keys as [JwtKey, ...JwtKey[]], issuer, audience, lifetimeSeconds }),
    publicKeys: options.accessTokenKeys.map(({ jwk }) => jwk),
    claimsHook: options.claims ?? null,
    profileRules: profileSchema === undefined ? null : createProfileRules(profileSchema),
    reservedUsernames: createReservedUsernames(options.reservedUsernames),
    refreshTokens: createRefreshTokens(keyring),
    ...revocation.rooms,
    hasRefreshTokens,
    sessionLifetimes: createSessionLifetimes({
      idleSeconds: options.sessionIdleLifetimeSeconds,
      absoluteSeconds: options.sessionLifetimeSeconds,
      graceSeconds: options.refreshGraceSeconds,
      wholeSeconds: !hasRefreshTokens,
    }),
    apiKeys,
    email: emailFlows?.rooms ?? null,
    hooks: buildHookRooms(app, options),
    emit,
  }
  return { rooms, emailFlows, eventLog, feed: revocation.feed }
}
