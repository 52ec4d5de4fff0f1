import type { FastifyRequest } from 'fastify'
import type { ErrorCode } from '../../schemas/error-codes.js'
import {
  AccessTokenInvalidError,
  CookiesMismatchedError,
  CrossSiteRequestError,
  InsufficientScopeError,
  OrganizationNotFoundError,
  OrganizationRequiredError,
  RecentSignInRequiredError,
  RefreshTokenInvalidError,
  RoleRequiredError,
  SecondFactorRequiredError,
  SecondFactorSetupRequiredError,
  SessionRequiredError,
} from '../errors/index.js'
import type { AuthEvent } from '../events/auth-event.js'
import { eventContext } from '../events/event-context.js'
import { counterKey } from '../limits/counter-key.js'
import type { MemoryCounters } from '../limits/memory-counters.js'
import { networkOf } from '../limits/network-of.js'
import type { EpochMilliseconds } from '../storage/records.js'
import type { Measure } from '../telemetry/create-measure.js'
import { requestOriginOf } from './request-origin-of.js'

type RefusalKind = Pick<Extract<AuthEvent, { readonly name: 'authz_fail' | 'authn_token_fail' }>, 'name' | 'reason'>
type RefusalEvent = Extract<AuthEvent, { readonly name: 'authz_fail' | 'authn_token_fail' }>

export interface RefusalEventsSettings {
  /** Counts what was emitted. */
  readonly emitted: MemoryCounters
  readonly measure: Measure | undefined
  emit(event: AuthEvent): void
  clock(): EpochMilliseconds
}

/** Emits that a request was refused, and why, if the error is a refusal with an event. */
export type EmitRefusal = (request: FastifyRequest, error: unknown, userId: string | null) => void

const windowSeconds = 60
/** Maximum for each reason, over all networks, in the window: an attack from many networks does not fill the log. */
const maximumInAll = 600

const kinds: ReadonlyMap<unknown, RefusalKind> = new Map<unknown, RefusalKind>([
  [CrossSiteRequestError, { name: 'authz_fail', reason: 'cross_site_request' }],
  [InsufficientScopeError, { name: 'authz_fail', reason: 'insufficient_scope' }],
  [SessionRequiredError, { name: 'authz_fail', reason: 'session_required' }],
  [RecentSignInRequiredError, { name: 'authz_fail', reason: 'recent_sign_in_required' }],
  [SecondFactorRequiredError, { name: 'authz_fail', reason: 'second_factor_required' }],
  [SecondFactorSetupRequiredError, { name: 'authz_fail', reason: 'second_factor_setup_required' }],
  [OrganizationNotFoundError, { name: 'authz_fail', reason: 'organization_not_found' }],
  [OrganizationRequiredError, { name: 'authz_fail', reason: 'organization_required' }],
  [RoleRequiredError, { name: 'authz_fail', reason: 'role_required' }],
  [AccessTokenInvalidError, { name: 'authn_token_fail', reason: 'access_token_invalid' }],
  [RefreshTokenInvalidError, { name: 'authn_token_fail', reason: 'refresh_token_invalid' }],
  [CookiesMismatchedError, { name: 'authn_token_fail', reason: 'cookies_mismatched' }],
])

/** An introspection without a valid credential counts as refused introspection, with any kind of credential. */
const introspectionRefusals: ReadonlySet<unknown> = new Set<ErrorCode>([
  'FAST_AUTH_ACCESS_TOKEN_INVALID',
  'FAST_AUTH_API_KEY_INVALID',
  'FAST_AUTH_UNAUTHENTICATED',
])

function kindOf({ routeOptions: { schema = {} } }: FastifyRequest, error: Error): RefusalKind | undefined {
  const isIntrospection = Reflect.get(schema, 'operationId') === 'introspectToken'
  if (isIntrospection && introspectionRefusals.has(Reflect.get(error, 'code')))
    return { name: 'authz_fail', reason: 'introspection_refused' }
  return kinds.get(error.constructor)
}

/**
 * Emits refusals by guards. Unauthenticated clients cause them at no cost, so each is emitted once a minute for a reason, user
 * and network, and measured every time.
 */
export function createRefusalEvents({ emitted, measure, emit, clock }: RefusalEventsSettings): EmitRefusal {
  /** Errors that were already emitted: a guard's refusal also passes the error handler of our routes. */
  const seen = new WeakSet<Error>()

  function isDue({ name, reason, userId, ip }: RefusalEvent): boolean {
    const own = counterKey('refusals', name, reason, userId ?? '', networkOf(ip))
    if (emitted.add(own, 1, windowSeconds).consumedPoints > 1) return false
    return emitted.add(counterKey('refusals_in_all', reason), 1, windowSeconds).consumedPoints <= maximumInAll
  }

  return (request, error, userId) => {
    if (!(error instanceof Error) || seen.has(error)) return
    const kind = kindOf(request, error)
    if (kind === undefined) return
    seen.add(error)
    const context = eventContext({ userId, sessionId: null, client: requestOriginOf(request), now: clock() })
    const event = { ...kind, ...context } as RefusalEvent
    if (isDue(event)) emit(event)
    else measure?.({ name: 'fast_auth_events_total', value: 1, labels: { event: event.name, reason: event.reason } })
  }
}
