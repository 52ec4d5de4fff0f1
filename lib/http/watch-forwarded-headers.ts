import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Headers in which proxies forward the client's address. Fastify reads only the first, and only from trusted proxies. */
const forwardingHeaders = [
  'x-forwarded-for',
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'cf-connecting-ip',
  'true-client-ip',
  'fastly-client-ip',
  'fly-client-ip',
] as const

/** Fastify's `ips` has more than the address of the connection if X-Forwarded-For was used. */
function isUnread(request: FastifyRequest): boolean {
  return forwardingHeaders.some(name => request.headers[name] !== undefined) && (request.ips?.length ?? 0) < 2
}

/** Calls `onUnread` for requests to `scope` with a forwarded client address that Fastify does not use. */
export function watchForwardedHeaders(scope: FastifyInstance, onUnread: () => void): void {
  scope.addHook('onRequest', (request, _reply, done) => {
    if (isUnread(request)) onUnread()
    done()
  })
}
