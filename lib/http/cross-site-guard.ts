import type { FastifyRequest } from 'fastify'
import { CrossSiteRequestError } from '../errors/index.js'
import { serialisedOrigin } from './serialised-origin.js'

export interface CrossSiteSettings {
  /** Origins, as browsers write them, whose pages may send requests: our own and those that the options trust. */
  readonly origins: ReadonlySet<string>
  /** Also refuse requests that tell nothing about where they come from: no browser of this decade sends such. */
  readonly requireOriginHeader: boolean
}

/** @throws {CrossSiteRequestError} where a browser sent the request from a page of another origin. */
export type CrossSiteGuard = (request: FastifyRequest) => void

/** RFC 9110, section 9.2.1, as far as Fastify routes them. */
export const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request can change nothing. A handshake can, although it is a GET: messages follow on the connection that
 * it opens (RFC 6455, section 10.2). HTTP/2 opens one by a CONNECT with `:protocol` (RFC 8441), which adapters show as a GET.
 */
function isSafe({ method, headers }: FastifyRequest): boolean {
  return safeMethods.has(method) && headers.upgrade === undefined && headers[':protocol'] === undefined
}

/**
 * Cross-site request forgery is stopped by what the browser says of the request (Fetch Metadata, then Origin, then
 * Referer), compared with configured origins and never with Host or X-Forwarded-*. The reasoning is that of
 * `CrossOriginProtection` in Go's net/http; SameSite cookies stand behind it.
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
