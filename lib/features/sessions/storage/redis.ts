import type { ProofPart } from '../../../storage/proof-part.js'
import type { SessionRecord } from '../../../storage/records.js'
import { endAllSessions } from '../../../storage/redis/end-all-sessions.js'
import { isLive } from '../../../storage/redis/lifetime.js'
import { type RedisDatabase, recordsOf } from '../../../storage/redis/redis-database.js'
import { type DefineMethod, reserving } from '../../../storage/redis/redis-method.js'
import { recordRevocation } from '../../../storage/redis/revocation-lines.js'
import {
  endExcessSessions,
  endSession,
  isAskedInTime,
  readSession,
  succeedSession,
  toSession,
  writeSession,
} from '../../../storage/redis/session-records.js'
import { discardEmailChange } from '../../../storage/redis/token-records.js'
import type { Transaction } from '../../../storage/redis/transaction.js'
import { readUser, toUser, writeUser } from '../../../storage/redis/user-records.js'
import { refuseIllFormedText } from '../../../storage/refuse-ill-formed-text.js'
import { checkProofs } from '../check-proofs.js'
import { classifyRotation } from '../classify-rotation.js'
import { joinMethods } from '../join-methods.js'
import type { SessionStore } from '../port.js'

/** Returns the session and its user, in one round trip. */
async function readOwnedSession({ keys, follow }: Transaction, sessionId: string) {
  const [session, user] = await follow(keys.session(sessionId), [{ field: 'userId', key: keys.user }])
  return typeof session === 'string' && typeof user === 'string'
    ? { session: toSession(session), user: toUser(user) }
    : null
}

const readTogether = 1_000

/**
 * The user's stored sessions, the one that was rotated last first. One round trip reads 1,000: more are only there from a time
 * without a maximum, and one script for all of them would hold up everything else that Redis does. Between two of these
 * readings a session may be rotated, which moves the others by one place.
 */
async function readSessionsOf({ keys, list }: RedisDatabase, userId: string): Promise<readonly SessionRecord[]> {
  const sessions = new Map<string, SessionRecord>()
  let isMore = true
  for (let first = 0; isMore; first += readTogether) {
    const place = [String(first), String(first + readTogether - 1)]
    const entries = await list(['ZRANGE', keys.sessionsOf(userId), ...place], keys.session)
    for (const session of recordsOf(entries, toSession)) sessions.set(session.id, session)
    isMore = entries.length === readTogether
  }
  return [...sessions.values()]
}

export function redisSessions(
  database: RedisDatabase,
  method: DefineMethod,
  proofParts: readonly ProofPart<Transaction>[],
): SessionStore {
  return {
    open: method(async (transaction, { session, proofs, maximumPerUser }) => {
      const user = await readUser(transaction, session.userId)
      if (user === null) return { outcome: 'stale' }
      const now = session.createdAt
      const checked = await checkProofs(proofParts, transaction, { user, proofs, needsFirstFactor: true, now })
      if (checked.outcome !== 'hold') return checked
      if (user.disabledAt !== null) return { outcome: 'disabled' }
      for (const settle of checked.settle) await settle(session)
      const revokedSessionIds = await endExcessSessions(transaction, session, maximumPerUser)
      if (revokedSessionIds.length > 0)
        await discardEmailChange(transaction, user.id, id => id !== null && revokedSessionIds.includes(id))
      writeSession(transaction, session)
      const signedIn = { ...user, lastSignInAt: session.createdAt }
      return { outcome: 'opened', user: writeUser(transaction, signedIn, user), revokedSessionIds }
    }, reserving),

    reauthenticate: method(async (transaction, request) => {
      const { sessionId, userId, proofs, methods, idleExpiresAt, now } = request
      const user = await readUser(transaction, userId)
      if (user === null) return { outcome: 'stale' }
      const checked = await checkProofs(proofParts, transaction, { user, proofs, needsFirstFactor: false, now })
      if (checked.outcome !== 'hold') return checked
      const session = await readSession(transaction, sessionId)
      if (session?.userId !== userId || !isLive(session, now)) return { outcome: 'sessionEnded' }
      for (const settle of checked.settle) await settle(session)
      const proven = { ...session, methods: joinMethods(session, methods), authenticatedAt: now }
      const successor = succeedSession(transaction, proven, { generation: session.generation + 2, idleExpiresAt, now })
      return { outcome: 'reauthenticated', user, session: successor }
    }, reserving),

    find: method(async (transaction, { sessionId, now }) => {
      const session = await readSession(transaction, sessionId)
      return session !== null && isLive(session, now) ? session : null
    }),

    /**
     * Takes two round trips. One would suffice for the usual case, with `classifyRotation` written a second time in Lua.
     * That would save a tenth of a millisecond of a request that a browser makes every quarter of an hour.
     */
    rotate: method(async (transaction, request) => {
      const { sessionId, generation, now, idleExpiresAt, recordSuperseded, requireConfirmedEmail } = request
      const { ip, userAgent } = request
      const owned = await readOwnedSession(transaction, sessionId)
      const outcome = classifyRotation(owned?.session ?? null, request)
      if (owned === null || outcome === 'unknown') return { outcome: 'unknown' }
      const { session, user } = owned
      if (outcome === 'reused') {
        await discardEmailChange(transaction, user.id, id => id === sessionId)
        endSession(transaction, sessionId, user.id, now)
        return { outcome, session }
      }
      if (requireConfirmedEmail && user.emailConfirmedAt === null) return { outcome: 'unconfirmed' }
      if (outcome === 'repeated') return { outcome, session, user }
      if (recordSuperseded)
        recordRevocation(transaction, { kind: 'generation', id: sessionId, generation, revokedAt: now })
      const used = { ...session, ip, userAgent }
      const successor = succeedSession(transaction, used, { generation: generation + 1, idleExpiresAt, now })
      return { outcome, session: successor, user }
    }, reserving),

    async list(request) {
      refuseIllFormedText(request)
      const { userId, now, limit, offset } = request
      const live = (await readSessionsOf(database, userId)).filter(session => isLive(session, now))
      return { items: live.slice(offset, offset + limit), total: live.length }
    },

    revoke: method(async (transaction, { sessionId, userId, asking, now }) => {
      const session = await readSession(transaction, sessionId)
      const ownerId = userId ?? session?.userId ?? ''
      const isSignOut = asking?.sessionId === sessionId
      if (!isSignOut && !(await isAskedInTime(transaction, ownerId, asking))) return { outcome: 'sessionEnded' }
      if (session === null || session.userId !== (userId ?? session.userId)) return { outcome: 'unknown' }
      if (!isSignOut) await discardEmailChange(transaction, ownerId, id => id === sessionId)
      endSession(transaction, sessionId, session.userId, now)
      return { outcome: 'revoked' }
    }, reserving),

    revokeAll: method(async (transaction, { userId, asking, now }) => {
      if (!(await isAskedInTime(transaction, userId, asking))) return { outcome: 'sessionEnded', revokedSessionIds: [] }
      const exceptSessionId = asking?.sessionId ?? null
      const revokedSessionIds = await endAllSessions(transaction, userId, { exceptSessionId, now })
      return { outcome: 'revoked', revokedSessionIds }
    }, reserving),
  }
}
