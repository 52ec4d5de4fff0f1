import type { FastifyInstance, FastifyRequest } from 'fastify'
import { admitWithin, type WindowRule } from '../limits/admit-within.js'
import { counterKey } from '../limits/counter-key.js'
import type { LimitCounters } from '../limits/limit-counters.js'
import type { MemoryCounters } from '../limits/memory-counters.js'
import { networkOf } from '../limits/network-of.js'
import type { Refuse } from '../limits/refusals.js'
import { requestOriginOf } from './request-origin-of.js'
import './route-cost.js'

export interface RequestLimits {
  readonly requests: WindowRule
  /** For routes that hash a password or send mail. */
  readonly costlyRequests: WindowRule
  readonly local: MemoryCounters
  /** `null`: each process has its own counters. */
  readonly shared: LimitCounters | null
  readonly refuse: Refuse
}

export interface Exemption {
  /** Returns whether the request comes from a service with an introspection secret. */
  isService(request: FastifyRequest): boolean
}

function operationOf({ routeOptions: { schema = {} } }: FastifyRequest): unknown {
  return Reflect.get(schema, 'operationId')
}

/** Returns the route by its pattern, which does not depend on the notation of a path; HEAD counts as GET. */
function routeOf({ method, routeOptions: { url = '' } }: FastifyRequest): string {
  return `${method === 'HEAD' ? 'GET' : method} ${url}`
}

/**
 * Limits the requests per minute of a network to each route of `scope`; further requests get 429 before any other check.
 * Services that may introspect tokens are exempt. Clients without a readable address share one count.
 */
export function useRequestLimits(scope: FastifyInstance, limits: RequestLimits, { isService }: Exemption): void {
  const { requests, costlyRequests, local, shared, refuse } = limits

  function refusal(request: FastifyRequest, key: string, waitMilliseconds: number): Error {
    return refuse({ limit: 'requests', key, waitMilliseconds, userId: null, requestOrigin: requestOriginOf(request) })
  }

  scope.addHook('onRequest', (request, _reply, done) => {
    const rule = request.routeOptions.config.fastAuthCost === undefined ? requests : costlyRequests
    const network = networkOf(requestOriginOf(request).ip)
    if (rule.maximum === 0) return done()
    if (operationOf(request) === 'introspectToken' && isService(request)) return done()
    const key = counterKey('requests', network, routeOf(request))
    if (shared !== null) {
      admitWithin(shared, key, rule).then(
        verdict => done(verdict.isAdmitted ? undefined : refusal(request, key, verdict.waitMilliseconds)),
        done,
      )
      return
    }
    const { consumedPoints, msBeforeNext } = local.add(key, 1, rule.windowSeconds)
    done(consumedPoints > rule.maximum ? refusal(request, key, msBeforeNext) : undefined)
  })
}
