import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger, FastifyInstance, onRequestHookHandler, RawServerDefault } from 'fastify'
import type { TokenMode } from '../../schemas/sessions/token-mode.js'
import type { Transport } from '../http/answer-issued-tokens.js'
import type { AuthCookies } from '../http/auth-cookies.js'
import type { CrossSiteGuard } from '../http/cross-site-guard.js'
import type { Guards, SetupGuards } from '../http/guards.js'
import type { ServiceCheck } from '../http/introspection-guard.js'
import type { KnownDevices } from '../http/known-devices.js'
import type { QuantizeResponseTime } from '../http/quantize-response-time.js'
import type { EmitRefusal } from '../http/refusal-events.js'
import type { EpochMilliseconds } from '../storage/records.js'
import type { Dependencies, DependenciesWithEmail } from './dependencies.js'

/** The scope of our routes: handlers are typed by their schemas. */
export type RouteScope = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** Dependencies of a route. */
export interface RouteDependencies {
  readonly dependencies: Dependencies
  readonly cookies: AuthCookies
  readonly knownDevices: KnownDevices
  readonly crossSiteGuard: CrossSiteGuard
  readonly guards: Guards
  /** For the routes with which a user sets up a second factor. */
  readonly setupGuards: SetupGuards
  /** For the error handler of our scope. */
  readonly emitRefusal: EmitRefusal
  /** For routes whose storage calls depend on whether an account exists. */
  readonly quantizeResponseTime: QuantizeResponseTime
  /** Only for `introspectToken`, like the next one. */
  readonly introspectionGuard: onRequestHookHandler
  readonly isService: ServiceCheck
  /** Determines which tokens a refresh accepts. */
  readonly tokenMode: TokenMode
  /** The transport of requests that do not specify one. */
  readonly defaultTransport: Transport
  clock(): EpochMilliseconds
}

export type Route = (scope: RouteScope, dependencies: RouteDependencies) => void

/** A route that exists only with a sender. */
export type EmailRoute = (
  scope: RouteScope,
  dependencies: RouteDependencies & { readonly dependencies: DependenciesWithEmail },
) => void
