import {
  classifyRotation,
  type EpochMilliseconds,
  joinMethods,
  type SessionRecord,
  type SessionStore,
} from 'fast-auth/storage'
import { discardEmailChange } from './one-time-tokens.ts'
import { useProofs } from './proofs.ts'
import type { DefineMethod } from './step.ts'
import { type Change, compareText, idsOf, isAskedInTime, isLive, ofUser, revoke, type Tables } from './tables.ts'
import { writeUser } from './users.ts'

/** Returns the session as it is after its next refresh token is issued. */
export function succeedSession(
  session: SessionRecord,
  { generation, idleExpiresAt, now }: { generation: number; idleExpiresAt: EpochMilliseconds; now: EpochMilliseconds },
): SessionRecord {
  return { ...session, generation, rotatedAt: now, expiresAt: Math.min(idleExpiresAt, session.absoluteExpiresAt) }
}

/** Ends sessions and records them in the feed, in one step: without the line, other processes would still accept them. */
export function endSessions(sessions: readonly SessionRecord[], now: EpochMilliseconds): readonly Change[] {
  return sessions.flatMap(({ id }): readonly Change[] => [
    ['sessions', id, null],
    revoke({ kind: 'session', id, generation: null, revokedAt: now }),
  ])
}

const byRotation = (one: SessionRecord, other: SessionRecord) =>
  other.rotatedAt - one.rotatedAt || compareText(one.id, other.id)

export function customSessions(tables: Tables, method: DefineMethod): SessionStore {
  return {
    open: method(({ session, proofs, maximumPerUser }, write) => {
      const stored = tables.users.get(session.userId)
      if (stored === undefined) return { outcome: 'stale' }
      const use = useProofs(tables, stored, proofs, { needsFirstFactor: true, now: session.createdAt })
      if (use.outcome !== 'hold') return use
      if (stored.disabledAt !== null) return { outcome: 'disabled' }
      const user = { ...stored, lastSignInAt: session.createdAt }
      const others = ofUser(tables.sessions, user.id).filter(({ id }) => id !== session.id)
      const excess = others.sort(byRotation).slice(maximumPerUser - 1)
      const revokedSessionIds = idsOf(excess)
      write([...use.changes(session), writeUser(user), ...endSessions(excess, session.createdAt)])
      write([['sessions', session.id, session]])
      write(discardEmailChange(tables, user.id, id => id !== null && revokedSessionIds.includes(id)))
      return { outcome: 'opened', user, revokedSessionIds }
    }),

    reauthenticate: method(({ sessionId, userId, proofs, methods, idleExpiresAt, now }, write) => {
      const user = tables.users.get(userId)
      if (user === undefined) return { outcome: 'stale' }
      const use = useProofs(tables, user, proofs, { needsFirstFactor: false, now })
      if (use.outcome !== 'hold') return use
      const stored = tables.sessions.get(sessionId)
      if (stored?.userId !== userId || !isLive(stored, now)) return { outcome: 'sessionEnded' }
      const proven = { ...stored, methods: joinMethods(stored, methods), authenticatedAt: now }
      const session = succeedSession(proven, { generation: stored.generation + 2, idleExpiresAt, now })
      write([...use.changes(session), ['sessions', sessionId, session]])
      return { outcome: 'reauthenticated', user, session }
    }),

    find: method(({ sessionId, now }) => {
      const session = tables.sessions.get(sessionId)
      return session !== undefined && isLive(session, now) ? session : null
    }),

    rotate: method((request, write) => {
      const { sessionId, generation, now, recordSuperseded, requireConfirmedEmail, ip, userAgent } = request
      const stored = tables.sessions.get(sessionId)
      const user = stored && tables.users.get(stored.userId)
      const outcome = classifyRotation(stored ?? null, request)
      if (stored === undefined || user === undefined || outcome === 'unknown') return { outcome: 'unknown' }
      if (outcome === 'reused') {
        write([...endSessions([stored], now), ...discardEmailChange(tables, user.id, id => id === sessionId)])
        return { outcome, session: stored }
      }
      if (requireConfirmedEmail && user.emailConfirmedAt === null) return { outcome: 'unconfirmed' }
      if (outcome === 'repeated') return { outcome, session: stored, user }
      const session = succeedSession({ ...stored, ip, userAgent }, { ...request, generation: generation + 1 })
      const superseded = revoke({ kind: 'generation', id: sessionId, generation, revokedAt: now })
      write([['sessions', sessionId, session], ...(recordSuperseded ? [superseded] : [])])
      return { outcome, session, user }
    }),

    list: method(({ userId, now, limit, offset }) => {
      const live = ofUser(tables.sessions, userId).filter(session => isLive(session, now))
      return { items: live.sort(byRotation).slice(offset, offset + limit), total: live.length }
    }),

    revoke: method(({ sessionId, userId, asking, now }, write) => {
      const session = tables.sessions.get(sessionId)
      // A sign-out need not come from a live session, and keeps the address change that the session requested.
      const isSignOut = asking?.sessionId === sessionId
      if (!isSignOut && !isAskedInTime(tables, userId ?? session?.userId ?? '', asking))
        return { outcome: 'sessionEnded' }
      if (session === undefined || session.userId !== (userId ?? session.userId)) return { outcome: 'unknown' }
      write(endSessions([session], now))
      if (!isSignOut) write(discardEmailChange(tables, session.userId, id => id === sessionId))
      return { outcome: 'revoked' }
    }),

    revokeAll: method(({ userId, asking, now }, write) => {
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded', revokedSessionIds: [] }
      const sessions = ofUser(tables.sessions, userId).filter(({ id }) => id !== asking?.sessionId)
      const isForeign = (id: string | null) => id === null || id !== asking?.sessionId
      write([...endSessions(sessions, now), ...discardEmailChange(tables, userId, isForeign)])
      return { outcome: 'revoked', revokedSessionIds: idsOf(sessions) }
    }),
  }
}
