import type { RequestOrigin } from '../telemetry/request-origin.js'

/** The fields of every event. They never contain a password, a token, a key, a cookie or a hash. */
export interface EventContext {
  /** ISO 8601, UTC. */
  readonly at: string
  /** The user concerned; `null` if there is none, or it is unknown. */
  readonly userId: string | null
  readonly sessionId: string | null
  /** The network address as Fastify's `request.ip` gives it. */
  readonly ip: string | null
  readonly userAgent: string | null
  /** Fastify's `request.id`, which is also in its log. `null` if no request was the cause. */
  readonly requestId: string | null
}

export interface UserEvent extends EventContext {
  readonly userId: string
}

export interface SessionEvent extends UserEvent {
  readonly sessionId: string
}

/** Lets `event.reason` be read before the event's name is known. */
export interface WithoutReason {
  readonly reason?: undefined
}

interface EventOrigin<UserId, SessionId> {
  readonly userId: UserId
  readonly sessionId: SessionId
  /** `noRequestOrigin` if no request was the cause. */
  readonly client: RequestOrigin
  /** Milliseconds since the Unix epoch. */
  readonly now: number
}

/** Returns the fields of every event. Its type has `null` only where an argument may be `null`. */
export function eventContext<UserId extends string | null, SessionId extends string | null>({
  userId,
  sessionId,
  client: { ip, userAgent, requestId },
  now,
}: EventOrigin<UserId, SessionId>): EventContext & { readonly userId: UserId; readonly sessionId: SessionId } {
  return { at: new Date(now).toISOString(), userId, sessionId, ip, userAgent, requestId }
}
