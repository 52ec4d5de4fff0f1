import { type AskingSession, mayAsk } from '../asking-session.js'
import type { CurrentOrganization, EndedGeneration, EpochMilliseconds, SessionRecord } from '../records.js'
import { joined } from './keys.js'
import { forgottenAfter } from './lifetime.js'
import { recordRevocation, recordSessionEnds } from './revocation-lines.js'
import type { Transaction, Writing } from './transaction.js'

export function toSession(text: string): SessionRecord {
  const record: SessionRecord = JSON.parse(text)
  // Release 0.1.0 wrote none of these fields.
  return {
    ...record,
    methods: record.methods ?? ['password'],
    authenticatedAt: record.authenticatedAt ?? record.createdAt,
    organization: record.organization ?? null,
  }
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
export function writeSession({ keys, write }: Writing, session: SessionRecord): SessionRecord {
  const { id, userId, expiresAt, rotatedAt } = session
  write('SET', keys.session(id), JSON.stringify(session), ...forgottenAfter(expiresAt, rotatedAt))
  write('ZADD', keys.sessionsOf(userId), String(-rotatedAt), id)
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

/** Ends the access tokens of the present generation of a session, and announces it. */
function recordGenerationEnd(transaction: Writing, { id, generation }: SessionRecord, now: EpochMilliseconds): void {
  recordRevocation(transaction, { kind: 'generation', id, generation, revokedAt: now })
  transaction.notify(transaction.keys.revoked)
}

/** Lets sessions act in an organisation with a role, or in none, and ends their access tokens, which name the former one. */
export function changeOrganization(
  transaction: Writing,
  sessions: readonly SessionRecord[],
  organization: CurrentOrganization | null,
  now: EpochMilliseconds,
): EndedGeneration[] {
  return sessions.map(session => {
    writeSession(transaction, { ...session, organization })
    recordGenerationEnd(transaction, session, now)
    return { sessionId: session.id, generation: session.generation }
  })
}

/** One command for all of them: each takes Redis some microseconds. */
export function removeSessions({ keys, write }: Writing, ids: readonly string[], userId: string): void {
  const [first = '', ...others] = ids.map(keys.session)
  write('DEL', first, ...others)
  write('ZREM', keys.sessionsOf(userId), ...ids)
  write('ZREM', keys.sessionsByExpiry, ...ids.map(id => joined(id, userId)))
}

/** The number of sessions that one script ends within a few milliseconds. Redis runs nothing else during a script. */
const maximumEndedTogether = 1_000

/**
 * Ends the user's sessions, except the named one, and records them in the revocation feed. Returns their ids. If there are
 * more than 1,000, the least recently rotated 1,000 end in an earlier part of the step.
 */
export async function endSessions(
  transaction: Transaction,
  userId: string,
  { now, exceptSessionId }: { now: EpochMilliseconds; exceptSessionId?: string | null | undefined },
): Promise<string[]> {
  const last = String(maximumEndedTogether)
  const ids = await transaction.read(['ZREVRANGE', transaction.keys.sessionsOf(userId), '0', last])
  const ended = ids.filter(id => id !== exceptSessionId).slice(0, maximumEndedTogether)
  const isPart = ids.length > maximumEndedTogether
  return transaction.inParts(ended, isPart, part => endSessionsOf(part, ended, userId, now))
}

/** Ends the sessions past the maximum, at most 1,000, and records them in the revocation feed. Returns their ids. */
export async function endExcessSessions(
  transaction: Transaction,
  { id: openedId, userId, createdAt: now }: SessionRecord,
  maximum: number,
): Promise<readonly string[]> {
  const places = [String(maximum - 1), String(maximum + maximumEndedTogether - 2)]
  const ids = await transaction.read(['ZRANGE', transaction.keys.sessionsOf(userId), ...places])
  // A call that is made again finds the session of the first.
  const ended = ids.filter(id => id !== openedId)
  endSessionsOf(transaction, ended, userId, now)
  return ended
}

export function endSession(transaction: Transaction, id: string, userId: string, now: EpochMilliseconds): void {
  endSessionsOf(transaction, [id], userId, now)
}

function endSessionsOf(transaction: Writing, ids: readonly string[], userId: string, now: EpochMilliseconds): void {
  if (ids.length === 0) return
  removeSessions(transaction, ids, userId)
  recordSessionEnds(transaction, ids, now)
}
