import type { FastifyInstance } from 'fastify'
import type { RouteDependencies } from '../features/route-dependencies.js'
import { createAuthCookies } from '../http/auth-cookies.js'
import { createCrossSiteGuard } from '../http/cross-site-guard.js'
import { createGuards } from '../http/guards.js'
import { createIntrospectionGuard, createServiceCheck } from '../http/introspection-guard.js'
import { createKnownDevices } from '../http/known-devices.js'
import { createQuantizer } from '../http/quantize-response-time.js'
import { createRefusalEvents } from '../http/refusal-events.js'
import { createMemoryCounters } from '../limits/memory-counters.js'
import { createAuthenticator } from './authenticator.js'
import type { Built } from './compose-dependencies.js'
import type { ResolvedOptions } from './options/resolve-options.js'
import { originsOf } from './origins-of.js'
import { publicPath } from './public-path.js'

/** Creates what the routes need to read requests, guard them and write cookies. */
export function composeRouteDependencies(
  app: FastifyInstance,
  options: ResolvedOptions,
  { dependencies, deviceTokens: tokens, roles }: Built,
): RouteDependencies {
  const { clock, uptime, sleep, requireOriginHeader, tokenMode, transport: defaultTransport } = options
  const crossSiteGuard = createCrossSiteGuard({ origins: originsOf(options), requireOriginHeader })
  const { domain = null, previousDomain = null, namePrefix = '' } = options.cookies
  const { accessTokens, refreshTokens } = dependencies
  const cookies = createAuthCookies(
    { ...options.cookies, domain, previousDomain, namePrefix, path: publicPath(app, options) },
    { accessTokens, refreshTokens, clock },
  )
  const { enabled, deviceLifetimeSeconds } = options.limits
  const knownDevices = createKnownDevices({ tokens, cookies, lifetimeSeconds: enabled ? deviceLifetimeSeconds : 0 })
  const authenticator = createAuthenticator(app, { dependencies, cookies, guard: crossSiteGuard, clock })
  const emitted = createMemoryCounters({ maximumKeys: options.limits.maximumCounters, uptime })
  const { emit, measure } = dependencies
  const emitRefusal = createRefusalEvents({ emitted, measure, emit, clock })
  const { secondFactor, passkeys } = options
  const hasSecondFactors = secondFactor !== 'off' || passkeys !== null
  const { guards, setupGuards } = createGuards({
    ...{ authenticator, emitRefusal, secondFactor, hasSecondFactors },
    ...{ roles, clock },
  })
  const isService = createServiceCheck(options.introspectionSecrets)
  const introspectionGuard = createIntrospectionGuard(isService, guards)
  const gates = { crossSiteGuard, guards, setupGuards, introspectionGuard, isService, emitRefusal }
  const quantizeResponseTime = createQuantizer({ uptime, sleep })
  return { dependencies, cookies, knownDevices, ...gates, quantizeResponseTime, tokenMode, defaultTransport, clock }
}
