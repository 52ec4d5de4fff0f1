import type { FastifyInstance } from 'fastify'
import type { FastAuthHealth } from './fast-auth.js'
import type { Rooms } from './operations/rooms.js'
import type { SettledOptions } from './options/settle-options.js'
import { createRevocationFeed, type RevocationFeed } from './revocation/revocation-feed.js'
import { createRevokedSessions } from './revocation/revoked-sessions.js'
import { clockToleranceSeconds } from './tokens/access-token.js'

/** How long an application that starts waits for the feed. Until it is read, requests ask the storage. */
const patienceSeconds = 3

type RevocationRooms = Pick<Rooms, 'revokedSessions' | 'asksStorage' | 'revokesPreviousAccessToken'>

export interface Revocation {
  readonly rooms: RevocationRooms
  /** `null` where nobody reads it. */
  readonly feed: RevocationFeed | null
}

export interface RevocationSettings extends Pick<Rooms, 'storage' | 'emit'> {
  readonly options: SettledOptions
  readonly verifiedApiKeys: Rooms['apiKeys']['verified']
}

/** Wires what refuses the dead: what this process has revoked, and what it learns of the others. */
export function buildRevocation(app: FastifyInstance, settings: RevocationSettings): Revocation {
  const { options, storage, verifiedApiKeys, emit } = settings
  const { clock, revocation, revocationFeed } = options
  const rememberForSeconds = options.accessTokenLifetimeSeconds + clockToleranceSeconds
  const revokedSessions = createRevokedSessions(rememberForSeconds)
  const { revokePreviousAccessToken: revokesPreviousAccessToken } = options
  if (revocation !== 'feed') {
    const asksStorage = () => revocation === 'strict'
    return { rooms: { revokedSessions, asksStorage, revokesPreviousAccessToken }, feed: null }
  }

  const nobody = { userId: null, sessionId: null, ip: null, userAgent: null, requestId: null }
  const feed = createRevocationFeed({
    ...revocationFeed,
    revocations: storage.revocations,
    reachSeconds: rememberForSeconds + revocationFeed.overlapSeconds,
    revokedSessions,
    verifiedApiKeys,
    clock,
    uptime: () => performance.now(),
    onChange: isStale =>
      emit({
        name: isStale ? 'revocation_feed_stale' : 'revocation_feed_recovered',
        at: new Date(clock()).toISOString(),
        ...nobody,
      }),
    onFailure: error => app.log.error({ err: error }, 'fast-auth: what was revoked could not be read'),
  })
  return { rooms: { revokedSessions, asksStorage: feed.isStale, revokesPreviousAccessToken }, feed }
}

/** Reads what was revoked before the first request, and from then on. */
export function runRevocationFeed(app: FastifyInstance, feed: RevocationFeed | null): void {
  if (feed === null) return
  app.addHook('onReady', () => feed.start(patienceSeconds))
  app.addHook('onClose', () => feed.stop())
}

export function healthOf(feed: RevocationFeed | null): FastAuthHealth {
  if (feed === null) return { revocationFeed: 'off' }
  return { revocationFeed: feed.isStale() ? 'stale' : 'current' }
}
