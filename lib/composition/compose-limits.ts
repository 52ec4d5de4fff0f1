import type { FastifyInstance } from 'fastify'
import { OptionInvalidError } from '../errors/index.js'
import { redactedError } from '../errors/redacted-error.js'
import type { AuthEvent } from '../events/auth-event.js'
import { eventContext } from '../events/event-context.js'
import { codeLifetime } from '../features/email-codes/request-sign-in-code.js'
import type { RequestLimits } from '../http/request-limits.js'
import type { WindowRule } from '../limits/admit-within.js'
import { createFallbackCounters } from '../limits/fallback-counters.js'
import { type LimitCounters, limitCounterMethods, limitCounterSettings } from '../limits/limit-counters.js'
import { createLimits, type LimitRules, type Limits } from '../limits/limits.js'
import { createMemoryCounters, type MemoryCounters } from '../limits/memory-counters.js'
import { createNoLimits } from '../limits/no-limits.js'
import { createRefusals } from '../limits/refusals.js'
import { noRequestOrigin } from '../telemetry/request-origin.js'
import type { ResolvedOptions } from './options/resolve-options.js'

export interface LimitDependencies {
  readonly limits: Limits
  /** `null` without request limits. */
  readonly requestLimits: RequestLimits | null
}

export interface LimitDependenciesSettings {
  readonly options: ResolvedOptions
  emit(event: AuthEvent): void
}

/** How long failed counters are not used before the next attempt. */
const pauseMilliseconds = 1000

const inAnHour = (maximum: number): WindowRule => ({ maximum, windowSeconds: 3600 })
const inAMinute = (maximum: number): WindowRule => ({ maximum, windowSeconds: 60 })

/** The window ends no later than the last link that was sent in it, so a refusal leaves a valid link. */
function mailToAddress({ limits, email }: ResolvedOptions): LimitRules['mailToAddress'] {
  const hourly = inAnHour(limits.mailsPerAddressPerHour)
  const { confirmationLifetimeSeconds = Infinity, resetLifetimeSeconds = Infinity } = email ?? {}
  const whileGood = (lifetimeSeconds: number) => ({
    ...hourly,
    windowSeconds: Math.min(hourly.windowSeconds, lifetimeSeconds),
  })
  const confirmation = whileGood(confirmationLifetimeSeconds)
  return {
    signUp: confirmation,
    confirmEmail: confirmation,
    resetPassword: whileGood(resetLifetimeSeconds),
    changeEmail: confirmation,
    signIn: whileGood(codeLifetime / 1000),
    linkIdentity: hourly,
    invitation: hourly,
  }
}

function rulesOf(options: ResolvedOptions): LimitRules {
  const { limits } = options
  return {
    guesses: {
      freeAttempts: limits.freeGuesses,
      firstDelaySeconds: limits.firstDelaySeconds,
      maximumDelaySeconds: limits.maximumDelaySeconds,
      forgetAfterSeconds: limits.forgetGuessesAfterSeconds,
    },
    failuresOfNetwork: inAnHour(limits.failuresPerNetworkPerHour),
    failuresOfAccount: inAnHour(limits.failuresPerAccountPerHour),
    hashes: inAMinute(limits.hashesPerNetworkPerMinute),
    apiKeyFailures: inAMinute(limits.apiKeyFailuresPerMinute),
    mailToAddress: mailToAddress(options),
    mailOfAccount: inAnHour(limits.mailsPerAccountPerHour),
    mailOfOrganization: inAnHour(limits.mailsPerOrganizationPerHour),
    mailOfNetwork: inAnHour(limits.mailsPerNetworkPerHour),
    mailInAll: inAnHour(limits.mailsPerHour),
  }
}

/** @throws {OptionInvalidError} The option's result lacks methods of a counter. */
function makeShared({ limits: { counters: make } }: ResolvedOptions): LimitCounters | null {
  if (make === undefined) return null
  const counters = make(limitCounterSettings)
  const lacks = limitCounterMethods.some(method => typeof Reflect.get(Object(counters), method) !== 'function')
  if (lacks)
    throw new OptionInvalidError(
      `The option "limits.counters" of fast-auth must make a limiter with ${limitCounterMethods.join(', ')}, such as those of rate-limiter-flexible`,
    )
  return counters
}

function insure(
  app: FastifyInstance,
  { shared, local, settings }: { shared: LimitCounters; local: MemoryCounters; settings: LimitDependenciesSettings },
): LimitCounters {
  const { options, emit } = settings
  return createFallbackCounters({
    shared,
    local,
    deadlineMilliseconds: options.limits.countersTimeoutSeconds * 1000,
    pauseMilliseconds,
    uptime: options.uptime,
    onChange(failure) {
      if (failure !== null)
        app.log.error({ err: redactedError(failure.error) }, 'fast-auth: the counters of the limits failed')
      const name = failure === null ? 'limit_counters_recovered' : 'limit_counters_unavailable'
      emit({ name, ...eventContext({ userId: null, sessionId: null, client: noRequestOrigin, now: options.clock() }) })
    },
  })
}

/** Creates the limits from the options. @throws {OptionInvalidError} The result of `limits.counters` lacks methods of a counter. */
export function composeLimits(app: FastifyInstance, settings: LimitDependenciesSettings): LimitDependencies {
  const { options, emit } = settings
  const { clock, uptime, limits: given } = options
  const inMemory = () => createMemoryCounters({ maximumKeys: given.maximumCounters, uptime })
  if (!given.enabled) return { limits: createNoLimits(inMemory()), requestLimits: null }
  const local = inMemory()
  const shared = makeShared(options)
  const counters = shared === null ? local : insure(app, { shared, local, settings })
  const refuse = createRefusals({ reported: inMemory(), emit, clock })
  return {
    limits: createLimits({ rules: rulesOf(options), counters, local, refuse }),
    requestLimits: {
      requests: inAMinute(given.requestsPerMinute),
      costlyRequests: inAMinute(given.costlyRequestsPerMinute),
      local,
      shared: given.shareRequests ? counters : null,
      refuse,
    },
  }
}
