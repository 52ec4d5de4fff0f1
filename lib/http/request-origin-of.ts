import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { RequestOrigin } from '../telemetry/request-origin.js'

const maximumUserAgentLength = 512

/** A host may take the id from a header, so it is checked. */
const plainId = /^[!-~]{1,128}$/

/** The node of RFC 7239, section 6, whose port may be obfuscated: `192.0.2.7:80`, `[2001:db8::1]`, `"[2001:db8::1]:_p"`. */
const nodeWithPort = /^"?(?:\[([\da-f:.%]+)\]|([\d.]+))(?::[\w.-]{1,32})?"?$/i

/** Returns the address without port, brackets or quotes, or `null` if the text has none. */
function addressIn(text: string): string | null {
  if (isIP(text) !== 0) return text
  const [, inBrackets, bare] = nodeWithPort.exec(text.trim()) ?? []
  const address = inBrackets ?? bare ?? ''
  return isIP(address) === 0 ? null : address
}

/**
 * Describes the client of a request. Fastify's `request.ip` follows the host's `trustProxy`; no header is read here. The
 * address is `null` on a Unix socket, and if a trusted proxy forwards text without an address.
 */
export function requestOriginOf({ id, ip, headers: { 'user-agent': userAgent } }: FastifyRequest): RequestOrigin {
  return {
    ip: addressIn(ip ?? ''),
    userAgent: userAgent?.slice(0, maximumUserAgentLength) ?? null,
    requestId: plainId.test(id) ? id : null,
  }
}
