import { TooManyRequestsError } from '../errors/index.js'
import type { AuthEvent, LimitName } from '../events/auth-event.js'
import { eventContext } from '../events/event-context.js'
import type { RequestOrigin } from '../telemetry/request-origin.js'
import type { MemoryCounters } from './memory-counters.js'

export interface Refusal {
  readonly limit: LimitName
  /** The name of the exceeded counter. */
  readonly key: string
  readonly waitMilliseconds: number
  /** The user concerned, if known. */
  readonly userId: string | null
  readonly requestOrigin: RequestOrigin
}

export interface RefusalsSettings {
  /** Counts the events that were emitted. */
  readonly reported: MemoryCounters
  emit(event: AuthEvent): void
  clock(): number
}

/** Returns the error for a client that exceeds a limit. Emits one event for each counter and wait: an attack does not fill the log. */
export type Refuse = (refusal: Refusal) => TooManyRequestsError

export function createRefusals({ reported, emit, clock }: RefusalsSettings): Refuse {
  return ({ limit, key, waitMilliseconds, userId, requestOrigin: client }) => {
    const seconds = Math.max(1, Math.ceil(waitMilliseconds / 1000))
    if (reported.add(key, 1, seconds).consumedPoints === 1) {
      const context = eventContext({ userId, sessionId: null, client, now: clock() })
      emit({ name: 'rate_limited', reason: limit, ...context })
    }
    return new TooManyRequestsError(seconds)
  }
}
