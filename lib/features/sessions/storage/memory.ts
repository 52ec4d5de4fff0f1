import { compareText } from '../../../storage/compare-text.js'
import type { DefineMethod } from '../../../storage/memory/memory-method.js'
import type { MemoryProofPart } from '../../../storage/memory/memory-part.js'
import {
  discardEmailChange,
  isAskedInTime,
  isLive,
  type MemoryTables,
  ofUser,
  recordGenerationEnd,
  revokeAllSessions,
  revokeSessions,
  succeedSession,
  writeUser,
} from '../../../storage/memory/memory-tables.js'
import type { SessionRecord } from '../../../storage/records.js'
import { checkProofsInMemory } from '../check-proofs.js'
import { classifyRotation } from '../classify-rotation.js'
import { joinMethods } from '../join-methods.js'
import type { SessionStore } from '../port.js'

/** The session that was rotated last comes first. */
const byRotation = (one: SessionRecord, other: SessionRecord) =>
  other.rotatedAt - one.rotatedAt || compareText(one.id, other.id)

export function memorySessions(
  tables: MemoryTables,
  method: DefineMethod,
  proofParts: readonly MemoryProofPart[],
): SessionStore {
  return {
    open: method(({ session, proofs, maximumPerUser }) => {
      const user = tables.users.get(session.userId)
      if (user === undefined) return { outcome: 'stale' }
      const now = session.createdAt
      const checked = checkProofsInMemory(proofParts, tables, { user, proofs, needsFirstFactor: true, now })
      if (checked.outcome !== 'hold') return checked
      if (user.disabledAt !== null) return { outcome: 'disabled' }
      for (const settle of checked.settle) settle(session)
      const others = ofUser(tables.sessions, user.id).filter(({ id }) => id !== session.id)
      const excess = others.sort(byRotation).slice(maximumPerUser - 1)
      const revokedSessionIds = revokeSessions(tables, excess, session.createdAt)
      discardEmailChange(tables, user.id, id => id !== null && revokedSessionIds.includes(id))
      tables.sessions.set(session.id, session)
      const signedIn = writeUser(tables, { ...user, lastSignInAt: session.createdAt })
      return { outcome: 'opened', user: signedIn, revokedSessionIds }
    }),

    reauthenticate: method(({ sessionId, userId, proofs, methods, idleExpiresAt, now }) => {
      const user = tables.users.get(userId)
      if (user === undefined) return { outcome: 'stale' }
      const checked = checkProofsInMemory(proofParts, tables, { user, proofs, needsFirstFactor: false, now })
      if (checked.outcome !== 'hold') return checked
      const session = tables.sessions.get(sessionId)
      if (session?.userId !== userId || !isLive(session, now)) return { outcome: 'sessionEnded' }
      for (const settle of checked.settle) settle(session)
      const proven = { ...session, methods: joinMethods(session, methods), authenticatedAt: now }
      const successor = succeedSession(tables, proven, { generation: session.generation + 2, idleExpiresAt, now })
      return { outcome: 'reauthenticated', user, session: successor }
    }),

    find: method(({ sessionId, now }) => {
      const session = tables.sessions.get(sessionId)
      return session !== undefined && isLive(session, now) ? session : null
    }),

    rotate: method(request => {
      const { sessionId, generation, now, idleExpiresAt, recordSuperseded, requireConfirmedEmail } = request
      const { ip, userAgent } = request
      const session = tables.sessions.get(sessionId)
      const user = session && tables.users.get(session.userId)
      const outcome = classifyRotation(session ?? null, request)
      if (session === undefined || user === undefined || outcome === 'unknown') return { outcome: 'unknown' }
      if (outcome === 'reused') {
        discardEmailChange(tables, user.id, id => id === sessionId)
        revokeSessions(tables, [session], now)
        return { outcome, session }
      }
      if (requireConfirmedEmail && user.emailConfirmedAt === null) return { outcome: 'unconfirmed' }
      if (outcome === 'repeated') return { outcome, session, user }
      if (recordSuperseded) recordGenerationEnd(tables, { ...session, generation }, now)
      const used = { ...session, ip, userAgent }
      const successor = succeedSession(tables, used, { generation: generation + 1, idleExpiresAt, now })
      return { outcome, session: successor, user }
    }),

    list: method(({ userId, now, limit, offset }) => {
      const live = ofUser(tables.sessions, userId).filter(session => isLive(session, now))
      return { items: live.sort(byRotation).slice(offset, offset + limit), total: live.length }
    }),

    revoke: method(({ sessionId, userId, asking, now }) => {
      const session = tables.sessions.get(sessionId)
      const ownerId = userId ?? session?.userId ?? ''
      const isSignOut = asking?.sessionId === sessionId
      if (!isSignOut && !isAskedInTime(tables, ownerId, asking)) return { outcome: 'sessionEnded' }
      if (session === undefined || session.userId !== (userId ?? session.userId)) return { outcome: 'unknown' }
      if (!isSignOut) discardEmailChange(tables, ownerId, id => id === sessionId)
      revokeSessions(tables, [session], now)
      return { outcome: 'revoked' }
    }),

    revokeAll: method(({ userId, asking, now }) => {
      if (!isAskedInTime(tables, userId, asking)) return { outcome: 'sessionEnded', revokedSessionIds: [] }
      const exceptSessionId = asking?.sessionId ?? null
      return { outcome: 'revoked', revokedSessionIds: revokeAllSessions(tables, userId, { exceptSessionId, now }) }
    }),
  }
}
