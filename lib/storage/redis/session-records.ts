import { type AskingSession, type EpochMilliseconds, mayAsk, type SessionRecord } from '../storage.js'
import { joined } from './keys.js'
import { forgottenAfter } from './lifetime.js'
import { recordRevocation } from './revocation-lines.js'
import type { Transaction } from './transaction.js'

export function toSession(text: string): SessionRecord {
  return JSON.parse(text) as SessionRecord
}

export async function readSession(transaction: Transaction, sessionId: string): Promise<SessionRecord | null> {
  const text = await transaction.get(transaction.keys.session(sessionId))
  return text === null ? null : toSession(text)
}

/** Checks whether the request comes from a live session of the user, or from the application itself. */
export async function isAskedInTime(
  transaction: Transaction,
  userId: string,
  asking: AskingSession | undefined,
): Promise<boolean> {
  return asking === undefined || mayAsk(await readSession(transaction, asking.sessionId), userId, asking)
}

/** Writes a session whose refresh token was just issued, at `rotatedAt`. */
export function writeSession({ keys, write }: Transaction, session: SessionRecord): SessionRecord {
  const { id, userId, expiresAt, rotatedAt } = session
  write('SET', keys.session(id), JSON.stringify(session), ...forgottenAfter(expiresAt, rotatedAt))
  write('ZADD', keys.sessionsOf(userId), '0', id)
  write('ZADD', keys.sessionsByExpiry, String(expiresAt), joined(id, userId))
  return session
}

/** Writes the session as it is after its next refresh token is issued. */
export function succeedSession(
  transaction: Transaction,
  session: SessionRecord,
  { generation, idleExpiresAt, now }: { generation: number; idleExpiresAt: EpochMilliseconds; now: EpochMilliseconds },
): SessionRecord {
  const expiresAt = Math.min(idleExpiresAt, session.absoluteExpiresAt)
  return writeSession(transaction, { ...session, generation, rotatedAt: now, expiresAt })
}

export function removeSession({ keys, write }: Transaction, id: string, userId: string): void {
  write('DEL', keys.session(id))
  write('ZREM', keys.sessionsOf(userId), id)
  write('ZREM', keys.sessionsByExpiry, joined(id, userId))
}

/** Ends the user's sessions, except the named one, and records them in the revocation feed. Returns their ids. */
export async function endSessions(
  transaction: Transaction,
  userId: string,
  { now, exceptSessionId }: { now: EpochMilliseconds; exceptSessionId?: string | null | undefined },
): Promise<string[]> {
  const ids = await transaction.ids(transaction.keys.sessionsOf(userId))
  const ended = ids.filter(id => id !== exceptSessionId)
  for (const id of ended) endSession(transaction, id, userId, now)
  return ended
}

export function endSession(transaction: Transaction, id: string, userId: string, now: EpochMilliseconds): void {
  removeSession(transaction, id, userId)
  recordRevocation(transaction, { kind: 'session', id, generation: null, revokedAt: now })
}
