import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import { bearerToken } from './credential.js'
import { documentGuard } from './guard.js'
import type { Guards } from './guards.js'
import './request-user.js'

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Returns whether the request has an introspection secret as bearer token. */
export type ServiceCheck = (request: FastifyRequest) => boolean

/** Compares every secret, so that the time does not reveal which one matches. */
export function createServiceCheck(secrets: readonly string[]): ServiceCheck {
  const digests = secrets.map(digestOf)
  return request => {
    const token = bearerToken(request)
    if (token === undefined) return false
    const presented = digestOf(token)
    return digests.filter(digest => timingSafeEqual(digest, presented)).length > 0
  }
}

/** Accepts the requests that `authenticate` accepts, and services, whose requests have no user. */
export function createIntrospectionGuard(
  isService: ServiceCheck,
  { authenticate }: Pick<Guards, 'authenticate'>,
): onRequestHookHandler {
  return documentGuard(function introspectionGuard(request, reply, done) {
    if (!isService(request)) return authenticate.call(this, request, reply, done)
    request.user = null
    done()
  })
}
