import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import { bearerToken } from './credential.js'
import { documentGuard, type Guards } from './guards.js'
import './request-user.js'

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Whether the request comes from a service that shows an introspection secret as bearer token. */
export type ServiceCheck = (request: FastifyRequest) => boolean

/** Every secret is compared, so that the time tells nothing of which one. */
export function createServiceCheck(secrets: readonly string[]): ServiceCheck {
  const digests = secrets.map(digestOf)
  return request => {
    const token = bearerToken(request)
    if (token === undefined) return false
    const presented = digestOf(token)
    return digests.filter(digest => timingSafeEqual(digest, presented)).length > 0
  }
}

/** Lets pass whom `authenticate` lets pass, and services: theirs is a request without a user. */
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
