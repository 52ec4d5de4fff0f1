/** What every event says. Never a password, a token, a key, a cookie or a hash. */
export interface EventContext {
  /** ISO 8601, UTC. */
  readonly at: string
  /** Whose account it is about; `null` where nobody's is, or it isn't known. */
  readonly userId: string | null
  readonly sessionId: string | null
  /** The network address as Fastify's `request.ip` gives it. */
  readonly ip: string | null
  readonly userAgent: string | null
  /** Fastify's `request.id`, which the lines of its log have too. `null` where no request was the cause. */
  readonly requestId: string | null
}

export interface UserEvent extends EventContext {
  readonly userId: string
}

export interface SessionEvent extends UserEvent {
  readonly sessionId: string
}

/** So that `event.reason` can be read before it is known which event it is. */
export interface WithoutReason {
  readonly reason?: undefined
}
