import type { FastifyInstance } from 'fastify'
import { redactedError } from '../errors/redacted-error.js'
import type { Dependencies } from '../operations/dependencies.js'
import type { ResolvedOptions } from '../options/resolve-options.js'
import { createRevocationFeed, type RevocationFeed } from '../revocation/revocation-feed.js'
import { createRevocationPush, type RevocationPush } from '../revocation/revocation-push.js'
import { createRevokedSessions } from '../revocation/revoked-sessions.js'
import type { Measure } from '../telemetry/create-measure.js'
import { clockToleranceSeconds } from '../tokens/access-token.js'
import type { FastAuthHealth } from './fast-auth.js'

/** How long an application that starts waits for the feed. Until it is read, requests ask the storage. */
const patienceSeconds = 3

/** A network may lose its way without telling; who listens says nothing, and would never know. */
const pushTimes = { patienceSeconds: 10, pingEverySeconds: 30, shortestPauseSeconds: 0.5 }

type RevocationDependencies = Pick<Dependencies, 'revokedSessions' | 'asksStorage' | 'revokesPreviousAccessToken'>

export interface Revocation {
  readonly dependencies: RevocationDependencies
  /** `null` where nobody reads it. */
  readonly feed: FollowedFeed | null
}

/** The feed, and what brings its readings forward: `null` where the storage can't tell. */
export interface FollowedFeed extends RevocationFeed {
  readonly push: RevocationPush | null
}

export interface RevocationSettings extends Pick<Dependencies, 'storage' | 'emit'> {
  readonly options: ResolvedOptions
  readonly apiKeyCache: Dependencies['apiKeys']['verified']
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
      app.log.warn({ err }, 'fast-auth: the storage does not tell what is revoked; it is read at intervals')
    },
    onRecovery: () => app.log.info('fast-auth: the storage tells what is revoked'),
  })
}

/** Wires what refuses the dead: what this process has revoked, and what it learns of the others. */
export function composeRevocation(app: FastifyInstance, settings: RevocationSettings): Revocation {
  const { options, storage, apiKeyCache, emit, measure } = settings
  const { clock, revocation, revocationFeed } = options
  const rememberForSeconds = options.accessTokenLifetimeSeconds + clockToleranceSeconds
  const revokedSessions = createRevokedSessions(rememberForSeconds)
  const { revokePreviousAccessToken: revokesPreviousAccessToken } = options
  if (revocation !== 'feed') {
    const asksStorage = () => revocation === 'strict'
    return { dependencies: { revokedSessions, asksStorage, revokesPreviousAccessToken }, feed: null }
  }

  const nobody = { userId: null, sessionId: null, ip: null, userAgent: null, requestId: null }
  const feed = createRevocationFeed({
    ...revocationFeed,
    revocations: storage.revocations,
    reachSeconds: rememberForSeconds + revocationFeed.overlapSeconds,
    revokedSessions,
    apiKeyCache,
    clock,
    measure,
    uptime: () => performance.now(),
    onChange: isStale =>
      emit({
        name: isStale ? 'revocation_feed_stale' : 'revocation_feed_recovered',
        at: new Date(clock()).toISOString(),
        ...nobody,
      }),
    onFailure: error => app.log.error({ err: error }, 'fast-auth: what was revoked could not be read'),
  })
  const push = buildPush(app, storage, feed)
  return {
    dependencies: { revokedSessions, asksStorage: feed.isStale, revokesPreviousAccessToken },
    feed: { ...feed, push },
  }
}

/** Reads what was revoked before the first request, and from then on. */
export function runRevocationFeed(app: FastifyInstance, feed: FollowedFeed | null): void {
  if (feed === null) return
  app.addHook('onReady', async () => {
    await feed.start(patienceSeconds)
    feed.push?.start()
  })
  // Before every onClose hook: a pool that the host ends in one of them waits for the connection that listens.
  app.addHook('preClose', async () => feed.push?.stop())
  app.addHook('onClose', () => feed.stop())
}

export function healthOf(feed: RevocationFeed | null): FastAuthHealth {
  if (feed === null) return { revocationFeed: 'off' }
  return { revocationFeed: feed.isStale() ? 'stale' : 'current' }
}
