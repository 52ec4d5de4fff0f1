import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Headers in which proxies forward the address of the client. Fastify reads the first one, and only from proxies that it trusts. */
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

/** Fastify's `ips` has more than the address of the connection if it has used X-Forwarded-For. */
function isUnread(request: FastifyRequest): boolean {
  return forwardingHeaders.some(name => request.headers[name] !== undefined) && (request.ips?.length ?? 0) < 2
}

/** Calls `onUnread` for requests to `scope` that bring the address of a client which Fastify does not use. */
export function watchForwardedHeaders(scope: FastifyInstance, onUnread: () => void): void {
  scope.addHook('onRequest', (request, _reply, done) => {
    if (isUnread(request)) onUnread()
    done()
  })
}
