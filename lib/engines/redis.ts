import type { Storage } from '../composition/storage.js'
import { redisUsers } from '../features/accounts/storage/redis.js'
import { redisApiKeys } from '../features/api-keys/storage/redis.js'
import { redisApiKeyFollowUp, redisApiKeyMembershipFollowUp } from '../features/api-keys/storage/redis-records.js'
import { redisEventExpiry, redisEventFollowUp, redisEvents } from '../features/audit-log/storage/redis.js'
import { redisOneTimeTokens } from '../features/email/storage/redis.js'
import { redisSignInCodes } from '../features/email-codes/storage/redis.js'
import {
  redisEmailCodeProofs,
  redisSignInCodeExpiry,
  redisSignInCodeFollowUp,
} from '../features/email-codes/storage/redis-records.js'
import { redisInvitationExpiry } from '../features/organizations/storage/redis-invitation-records.js'
import { redisInvitations } from '../features/organizations/storage/redis-invitations.js'
import { redisMemberships } from '../features/organizations/storage/redis-memberships.js'
import { redisOrganizations } from '../features/organizations/storage/redis-organizations.js'
import {
  redisMembershipPart,
  redisOrganizationFollowUp,
  redisPersonalOrganization,
} from '../features/organizations/storage/redis-records.js'
import { redisPasskeys } from '../features/passkeys/storage/redis.js'
import {
  redisPasskeyFollowUp,
  redisPasskeyProofs,
  redisPasskeyUseExpiry,
} from '../features/passkeys/storage/redis-records.js'
import { passwordProof } from '../features/passwords/password-proof.js'
import { redisIdentities, redisProviderFlows } from '../features/providers/storage/redis.js'
import {
  redisIdentityFollowUp,
  redisIdentityProofs,
  redisProviderFlowExpiry,
} from '../features/providers/storage/redis-records.js'
import { redisSecondFactors } from '../features/second-factor/storage/redis.js'
import { redisSecondFactorFollowUp, redisSecondFactorProofs } from '../features/second-factor/storage/redis-records.js'
import { redisSessions } from '../features/sessions/storage/redis.js'
import { assertRedisOptions } from '../storage/redis/assert-redis-options.js'
import { migrate } from '../storage/redis/migrate.js'
import type { RedisClient } from '../storage/redis/redis-client.js'
import { redisDatabase } from '../storage/redis/redis-database.js'
import { methodsOn } from '../storage/redis/redis-method.js'
import { redisOutbox } from '../storage/redis/redis-outbox.js'
import { coreExpiries, redisPurge } from '../storage/redis/redis-purge.js'
import { redisPush } from '../storage/redis/redis-push.js'
import { redisRevocations } from '../storage/redis/redis-revocations.js'
import { layoutMigrations } from './redis-migrations.js'

export type { IoredisClient, NodeRedisClient, RedisClient } from '../storage/redis/redis-client.js'

/** The options of `redisStorage`. */
export interface RedisStorageOptions {
  /**
   * Client of `ioredis` (a `Redis` or a `Cluster`) or of `redis` (created by `createClient`), connected to the primary,
   * since a replica may be outdated. It stays open when the storage is closed, and may be shared. Configure it to reject
   * commands while it is disconnected, and never to resend one automatically: see docs/redis.md.
   */
  readonly client: RedisClient
  /**
   * Prefix of all key names, in braces. Storages with different prefixes are independent. All keys with the prefix belong to
   * the storage.
   * @default 'fast-auth'
   */
  readonly keyPrefix?: string
  /**
   * Publishes revocations of this process with PUBLISH, and receives those of others with SUBSCRIBE. Subscribing uses a
   * duplicate of `client`, which the storage closes. If it is `false`, or the Redis user lacks permission, other processes
   * still learn of revocations within a second.
   * @default true
   */
  readonly push?: boolean
}

/**
 * Creates a complete storage on Redis: users, sessions, tokens, API keys, second factors, passkeys, mailed codes, identities, organisations, messages and
 * events. Redis must persist its data and must not evict keys, see docs/redis.md. Call `migrate()` before the first use.
 * @throws {TypeError} An option is missing, unknown or invalid; the message names it.
 * @example
 * ```ts
 * import { redisStorage } from 'fast-auth/storage/redis'
 * import { Redis } from 'ioredis'
 *
 * const client = new Redis('redis://127.0.0.1:6379', {
 *   lazyConnect: true,
 *   enableOfflineQueue: false,
 *   autoResendUnfulfilledCommands: false,
 *   maxRetriesPerRequest: 0,
 * })
 * client.on('error', error => console.error(error))
 * await client.connect()
 * app.addHook('onClose', async () => client.disconnect())
 * await app.register(fastAuth, { secrets, storage: redisStorage({ client }) })
 * ```
 */
export function redisStorage(options: RedisStorageOptions): Storage {
  assertRedisOptions(options)
  const { client, keyPrefix = 'fast-auth', push = true } = options
  const database = redisDatabase(client, keyPrefix)
  const method = methodsOn(database)
  const followUps = [
    redisApiKeyFollowUp,
    redisEventFollowUp,
    redisSecondFactorFollowUp,
    redisPasskeyFollowUp,
    redisSignInCodeFollowUp,
    redisIdentityFollowUp,
    redisOrganizationFollowUp,
  ]
  const membershipFollowUps = [redisApiKeyMembershipFollowUp]
  const additionParts = [redisPersonalOrganization]
  const proofParts = [
    passwordProof,
    redisSecondFactorProofs,
    redisPasskeyProofs,
    redisEmailCodeProofs,
    redisIdentityProofs,
  ]
  return {
    users: redisUsers(database, method, { followUps, additionParts }),
    sessions: redisSessions(database, method, proofParts),
    oneTimeTokens: redisOneTimeTokens(method, followUps),
    apiKeys: redisApiKeys(method, redisMembershipPart),
    secondFactors: redisSecondFactors(method),
    passkeys: redisPasskeys(method, proofParts),
    signInCodes: redisSignInCodes(method, followUps),
    identities: redisIdentities(method, { proofParts, followUps, additionParts }),
    providerFlows: redisProviderFlows(method),
    organizations: redisOrganizations(method, membershipFollowUps),
    memberships: redisMemberships(method, membershipFollowUps),
    invitations: redisInvitations(method, additionParts),
    revocations: { ...redisRevocations(method), ...(push ? redisPush(client, database.keys.revoked) : {}) },
    outbox: redisOutbox(database, method),
    events: redisEvents(database, method),
    purge: redisPurge(method, {
      ...coreExpiries,
      events: redisEventExpiry,
      passkeyUses: redisPasskeyUseExpiry,
      signInCodes: redisSignInCodeExpiry,
      providerFlows: redisProviderFlowExpiry,
      invitations: redisInvitationExpiry,
    }),
    reach: 'network',

    migrate: () => migrate(database, layoutMigrations),

    async ping() {
      await database.send(['SET', database.keys.ping, '', 'PX', '60000'])
    },

    async close() {},
  }
}
