import { classifyRotation, type SessionRecord, type SessionStore } from '../storage.js'
import { isLive } from './lifetime.js'
import { recordsOf } from './redis-database.js'
import { type DefineMethod, reserving } from './redis-method.js'
import { recordRevocation } from './revocation-lines.js'
import {
  endSession,
  endSessions,
  isAskedInTime,
  readSession,
  succeedSession,
  toSession,
  writeSession,
} from './session-records.js'
import { discardEmailChange } from './token-records.js'
import type { Transaction } from './transaction.js'
import { readUser, toUser, writeUser } from './user-records.js'

/** Returns the session and its user, in one round trip. */
async function readOwnedSession({ keys, follow }: Transaction, sessionId: string) {
  const [session, user] = await follow(keys.session(sessionId), [{ field: 'userId', key: keys.user }])
  return typeof session === 'string' && typeof user === 'string'
    ? { session: toSession(session), user: toUser(user) }
    : null
}

export function redisSessions(method: DefineMethod): SessionStore {
  return {
    open: method(async (transaction, { session, passwordHash }) => {
      const user = await readUser(transaction, session.userId)
      if (user?.passwordHash !== passwordHash) return { outcome: 'stale' }
      if (user.disabledAt !== null) return { outcome: 'disabled' }
      writeSession(transaction, session)
      const signedIn = { ...user, lastSignInAt: session.createdAt }
      return { outcome: 'opened', user: writeUser(transaction, signedIn, user) }
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
      const successor = succeedSession(transaction, session, { generation: generation + 1, idleExpiresAt, now })
      return { outcome, session: successor, user }
    }, reserving),

    list: method(async ({ keys, list }, { userId, now, limit }) => {
      const entries = await list(['ZRANGE', keys.sessionsOf(userId), '0', '-1'], keys.session)
      return recordsOf<SessionRecord>(entries)
        .filter(session => isLive(session, now))
        .sort((one, other) => other.rotatedAt - one.rotatedAt)
        .slice(0, limit)
    }),

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
      const exceptSessionId = asking?.sessionId
      await discardEmailChange(transaction, userId, id => id === null || id !== exceptSessionId)
      return { outcome: 'revoked', revokedSessionIds: await endSessions(transaction, userId, { now, exceptSessionId }) }
    }, reserving),
  }
}
