import { type CachedDocument, createCachedDocument } from './cached-document.js'
import type { Connection } from './connection.js'
import { requestDocument } from './request-document.js'
import { type Discovered, readServerMetadata } from './server-metadata.js'

interface DiscoverySettings {
  readonly discoveryUrl: string
  readonly issuer: string
  readonly allowsLoopback: boolean
}

const day = 86_400_000

/** Requests the metadata of a provider at the first use, and again after a day. Serves them for a week if the provider fails. */
export function createDiscovery(
  connection: Connection,
  { discoveryUrl: url, issuer, allowsLoopback }: DiscoverySettings,
): CachedDocument<Discovered> {
  return createCachedDocument({
    clock: connection.clock,
    freshMilliseconds: day,
    usableMilliseconds: 7 * day,
    pauseMilliseconds: 0,
    load: () =>
      requestDocument(connection, {
        url,
        reason: 'discovery',
        read: body => readServerMetadata(body, { issuer, allowsLoopback }),
      }),
  })
}
