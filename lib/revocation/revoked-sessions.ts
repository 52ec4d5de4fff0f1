/** The sessions whose access tokens this process refuses although they are authentic and not expired. */
export interface RevokedSessions {
  /** Refuses all access tokens of these sessions. */
  add(sessionIds: readonly string[]): void
  /** Refuses access tokens of this and older generations of the session. */
  addGeneration(sessionId: string, generation: number): void
  has(sessionId: string): boolean
  hasGeneration(sessionId: string, generation: number): boolean
  readonly size: number
}

interface Revoked {
  /** The newest refused generation; infinite for a whole session. */
  readonly generation: number
  /** By `uptime`. */
  readonly forgetAt: number
}

export interface RevokedSessionsSettings {
  /**
   * At least the lifetime of an access token plus the clock tolerance: after that, all revoked tokens have expired, and the
   * session is forgotten.
   */
  readonly rememberForSeconds: number
  /** Milliseconds of a monotonic clock: a wall clock that jumps ahead and back would revive every session. */
  uptime(): number
}

/** Keeps one entry per session, however often it is refreshed. */
export function createRevokedSessions({ rememberForSeconds, uptime }: RevokedSessionsSettings): RevokedSessions {
  /** In the order of insertion, which is also that of removal. */
  const revoked = new Map<string, Revoked>()

  function forgetThoseDue(now: number): void {
    for (const [sessionId, { forgetAt }] of revoked) {
      if (forgetAt > now) return
      revoked.delete(sessionId)
    }
  }

  function keep(sessionId: string, generation: number, now: number): void {
    const newest = Math.max(generation, revoked.get(sessionId)?.generation ?? generation)
    revoked.delete(sessionId)
    revoked.set(sessionId, { generation: newest, forgetAt: now + rememberForSeconds * 1000 })
  }

  return {
    add(sessionIds) {
      const now = uptime()
      forgetThoseDue(now)
      for (const sessionId of sessionIds) keep(sessionId, Infinity, now)
    },
    addGeneration(sessionId, generation) {
      const now = uptime()
      forgetThoseDue(now)
      keep(sessionId, generation, now)
    },
    has: sessionId => revoked.get(sessionId)?.generation === Infinity,
    hasGeneration(sessionId, generation) {
      const entry = revoked.get(sessionId)
      return entry !== undefined && generation <= entry.generation
    },
    get size() {
      return revoked.size
    },
  }
}
