import type { FastifyRequest } from 'fastify'
import { CrossSiteRequestError } from '../errors/index.js'
import { serialisedOrigin } from './serialised-origin.js'

export interface CrossSiteSettings {
  /** Origins, as browsers write them, whose pages may send requests: our own and the trusted ones. */
  readonly origins: ReadonlySet<string>
  /** Also refuse requests without any header about their origin: no browser of this decade sends such. */
  readonly requireOriginHeader: boolean
}

/** @throws {CrossSiteRequestError} if a browser sent the request from a page of another origin. */
export type CrossSiteGuard = (request: FastifyRequest) => void

/** The safe methods of RFC 9110, section 9.2.1, that Fastify routes. */
export const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Returns whether a request can change nothing. A WebSocket handshake can, although it is a GET: messages follow on its
 * connection (RFC 6455, section 10.2). HTTP/2 uses CONNECT with `:protocol` (RFC 8441), which adapters present as a GET.
 */
function isSafe({ method, headers }: FastifyRequest): boolean {
  return safeMethods.has(method) && headers.upgrade === undefined && headers[':protocol'] === undefined
}

/**
 * Creates the guard against cross-site request forgery. It compares what the browser reports about a request (Fetch Metadata,
 * then Origin, then Referer) with configured origins, never with Host or X-Forwarded-*. It follows `CrossOriginProtection` in
 * Go's net/http; SameSite cookies are the second line of defence.
 */
export function createCrossSiteGuard({ origins, requireOriginHeader }: CrossSiteSettings): CrossSiteGuard {
  const isKnown = (origin: string | null) => origin !== null && origins.has(origin)

  function isAllowed({ headers }: FastifyRequest): boolean {
    const site = headers['sec-fetch-site']
    if (site === 'same-origin' || site === 'none') return true
    if (headers.origin !== undefined) return isKnown(headers.origin)
    if (site === 'same-site' || site === 'cross-site') return false
    if (headers.referer !== undefined) return isKnown(serialisedOrigin(headers.referer))
    return !requireOriginHeader
  }

  return request => {
    if (!isSafe(request) && !isAllowed(request)) throw new CrossSiteRequestError()
  }
}
