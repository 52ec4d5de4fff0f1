import { createHash, timingSafeEqual } from 'node:crypto'
import type { onRequestHookHandler } from 'fastify'
import { bearerToken } from './credential.js'
import { documentGuard, type Guards } from './guards.js'
import './request-user.js'

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/**
 * Lets pass whom `authenticate` lets pass, and services that show an introspection secret as bearer token: theirs is a
 * request without a user.
 */
export function createIntrospectionGuard(
  secrets: readonly string[],
  { authenticate }: Pick<Guards, 'authenticate'>,
): onRequestHookHandler {
  const digests = secrets.map(digestOf)

  /** Every secret is compared, so that the time tells nothing of which one. */
  function isSecret(token: string): boolean {
    const presented = digestOf(token)
    return digests.filter(digest => timingSafeEqual(digest, presented)).length > 0
  }

  return documentGuard(function introspectionGuard(request, reply, done) {
    const token = bearerToken(request)
    if (token === undefined || !isSecret(token)) return authenticate.call(this, request, reply, done)
    request.user = null
    done()
  })
}
