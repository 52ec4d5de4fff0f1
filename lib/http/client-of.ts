import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Client } from '../operations/rooms.js'

const maximumUserAgentLength = 512

/** A host may take the id from a header. */
const plainId = /^[!-~]{1,128}$/

/**
 * Who asks. Fastify's `request.ip` follows the host's `trustProxy`; no header is read for it here. It is no address where
 * the host trusts a proxy that passes anything on, and there is none on a Unix socket.
 */
export function clientOf({ id, ip, headers: { 'user-agent': userAgent } }: FastifyRequest): Client {
  return {
    ip: isIP(ip) === 0 ? null : ip,
    userAgent: userAgent?.slice(0, maximumUserAgentLength) ?? null,
    requestId: plainId.test(id) ? id : null,
  }
}
