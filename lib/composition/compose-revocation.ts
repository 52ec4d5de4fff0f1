import type { FastifyInstance } from 'fastify'
import { redactedError } from '../errors/redacted-error.js'
import { eventContext } from '../events/event-context.js'
import type { Dependencies } from '../features/dependencies.js'
import { createRevocationFeed, type RevocationFeed } from '../revocation/revocation-feed.js'
import { createRevocationPush, type RevocationPush } from '../revocation/revocation-push.js'
import { createRevokedSessions } from '../revocation/revoked-sessions.js'
import type { Measure } from '../telemetry/create-measure.js'
import { noRequestOrigin } from '../telemetry/request-origin.js'
import { clockToleranceSeconds } from '../tokens/access-token.js'
import type { FastAuthHealth } from './fast-auth.js'
import type { ResolvedOptions } from './options/resolve-options.js'

/** A network connection may be lost without notice, and a listener that only receives would never detect it. */
const pushTimes = { patienceSeconds: 10, pingEverySeconds: 30, shortestPauseSeconds: 0.5 }

type RevocationDependencies = Pick<Dependencies, 'revokedSessions' | 'asksStorage' | 'revokesPreviousAccessToken'>

export interface Revocation {
  readonly dependencies: RevocationDependencies
  /** `null` if the feed is not read. */
  readonly feed: FollowedFeed | null
}

/** The feed, and the push that makes it poll sooner: `null` if the storage has no push. */
export interface FollowedFeed extends RevocationFeed {
  readonly push: RevocationPush | null
}

export interface RevocationSettings extends Pick<Dependencies, 'storage' | 'emit' | 'forgetApiKeys'> {
  readonly options: ResolvedOptions
  readonly measure: Measure | undefined
}

function buildPush(
  app: FastifyInstance,
  { revocations }: Dependencies['storage'],
  feed: RevocationFeed,
): RevocationPush | null {
  const { listen } = revocations
  if (listen === undefined) return null
  return createRevocationPush({
    ...pushTimes,
    listen,
    onRevocation: feed.pollSoon,
    onFailure: error => {
      const err = redactedError(error)
      app.log.warn({ err }, 'fast-auth: the storage does not push revocations; they are read at intervals')
    },
    onRecovery: () => app.log.info('fast-auth: the storage pushes revocations'),
  })
}

/** Creates the components that refuse revoked credentials: revocations of this process, and those that it reads of others. */
export function composeRevocation(app: FastifyInstance, settings: RevocationSettings): Revocation {
  const { options, storage, forgetApiKeys, emit, measure } = settings
  const { clock, uptime, revocation, revocationFeed } = options
  const rememberForSeconds = options.accessTokenLifetimeSeconds + clockToleranceSeconds
  const revokedSessions = createRevokedSessions({ rememberForSeconds, uptime })
  const { revokePreviousAccessToken: revokesPreviousAccessToken } = options
  if (revocation !== 'feed') {
    const asksStorage = () => revocation === 'strict'
    return { dependencies: { revokedSessions, asksStorage, revokesPreviousAccessToken }, feed: null }
  }

  const feed = createRevocationFeed({
    ...revocationFeed,
    revocations: storage.revocations,
    reachSeconds: rememberForSeconds + revocationFeed.overlapSeconds,
    revokedSessions,
    forgetApiKeys,
    clock,
    measure,
    uptime,
    onChange: isStale =>
      emit({
        name: isStale ? 'revocation_feed_stale' : 'revocation_feed_recovered',
        ...eventContext({ userId: null, sessionId: null, client: noRequestOrigin, now: clock() }),
      }),
    onFailure: error => app.log.error({ err: error }, 'fast-auth: what was revoked could not be read'),
  })
  const push = buildPush(app, storage, feed)
  return {
    dependencies: { revokedSessions, asksStorage: feed.isStale, revokesPreviousAccessToken },
    feed: { ...feed, push },
  }
}

export function healthOf(feed: RevocationFeed | null): FastAuthHealth {
  if (feed === null) return { revocationFeed: 'off' }
  return { revocationFeed: feed.isStale() ? 'stale' : 'current' }
}
