import type { Instant } from '../storage/records.js'

/** The sessions whose access tokens this process refuses although they are authentic and not expired. */
export interface RevokedSessions {
  add(sessionIds: readonly string[], now: Instant): void
  has(sessionId: string): boolean
  readonly size: number
}

/**
 * @param rememberForSeconds at least the lifetime of an access token and the clock tolerance: after that, none of a
 * revoked session's is alive, and the session is forgotten.
 */
export function createRevokedSessions(rememberForSeconds: number): RevokedSessions {
  /** In the order of insertion, which is that of forgetting. */
  const forgetAt = new Map<string, Instant>()

  function forgetThoseDue(now: Instant): void {
    for (const [sessionId, instant] of forgetAt) {
      if (instant > now) return
      forgetAt.delete(sessionId)
    }
  }

  return {
    add(sessionIds, now) {
      forgetThoseDue(now)
      for (const sessionId of sessionIds) {
        forgetAt.delete(sessionId)
        forgetAt.set(sessionId, now + rememberForSeconds * 1000)
      }
    },
    has: sessionId => forgetAt.has(sessionId),
    get size() {
      return forgetAt.size
    },
  }
}
