import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Fastify has `ips` where the host trusts proxies, whichever. */
function isUnread({ ips, headers }: FastifyRequest): boolean {
  return ips === undefined && (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined)
}

/** Tells of requests to `scope` with an address from a proxy, which nobody reads because the host trusts none. */
export function watchForwardedHeaders(scope: FastifyInstance, onUnread: () => void): void {
  scope.addHook('onRequest', (request, _reply, done) => {
    if (isUnread(request)) onUnread()
    done()
  })
}
