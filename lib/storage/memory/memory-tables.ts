import { type AskingSession, mayAsk } from '../asking-session.js'
import type {
  CurrentOrganization,
  EndedGeneration,
  EpochMilliseconds,
  OneTimeTokenHash,
  OneTimeTokenPurpose,
  OneTimeTokenRecord,
  OutboxMessageRecord,
  Revocation,
  SessionRecord,
  UserRecord,
} from '../records.js'

/** The records of the core: one table per kind of record, and one index per lookup key. */
export interface MemoryTables {
  readonly users: Map<string, UserRecord>
  readonly userIdsByEmail: Map<string, string>
  readonly userIdsByUsername: Map<string, string>
  readonly sessions: Map<string, SessionRecord>
  readonly oneTimeTokens: Map<OneTimeTokenHash, OneTimeTokenRecord>
  readonly revocations: Set<Revocation>
  readonly outbox: Map<string, OutboxMessageRecord>
}

export function emptyTables(): MemoryTables {
  return {
    users: new Map(),
    userIdsByEmail: new Map(),
    userIdsByUsername: new Map(),
    sessions: new Map(),
    oneTimeTokens: new Map(),
    revocations: new Set(),
    outbox: new Map(),
  }
}

/** Checks whether a record has not expired. It is expired at `expiresAt` itself. */
export function isLive(
  { expiresAt }: { readonly expiresAt: EpochMilliseconds | null },
  now: EpochMilliseconds,
): boolean {
  return expiresAt === null || now < expiresAt
}

export function ofUser<Row extends { readonly userId: string | null }>(
  table: Map<unknown, Row>,
  userId: string,
): Row[] {
  return [...table.values()].filter(row => row.userId === userId)
}

/** Writes a new or changed user and updates the indexes. */
export function writeUser(tables: MemoryTables, user: UserRecord): UserRecord {
  removeUser(tables, user.id)
  tables.users.set(user.id, user)
  tables.userIdsByEmail.set(user.email, user.id)
  if (user.username !== null) tables.userIdsByUsername.set(user.username, user.id)
  return user
}

/** Returns the user; `undefined` if the user is deleted or disabled. */
export function enabledUser({ users }: MemoryTables, userId: string): UserRecord | undefined {
  const user = users.get(userId)
  return user?.disabledAt === null ? user : undefined
}

/** Removes the user and their index entries. The caller removes the records that belong to the user. */
export function removeUser(tables: MemoryTables, userId: string): void {
  const user = tables.users.get(userId)
  if (user === undefined) return
  tables.users.delete(userId)
  tables.userIdsByEmail.delete(user.email)
  if (user.username !== null) tables.userIdsByUsername.delete(user.username)
}

/** Checks whether the request comes from a live session of the user, or from the application itself. */
export function isAskedInTime({ sessions }: MemoryTables, userId: string, asking: AskingSession | undefined): boolean {
  return asking === undefined || mayAsk(sessions.get(asking.sessionId) ?? null, userId, asking)
}

/** Returns the session as it is after its next refresh token is issued. */
export function succeedSession(
  tables: MemoryTables,
  session: SessionRecord,
  { generation, idleExpiresAt, now }: { generation: number; idleExpiresAt: EpochMilliseconds; now: EpochMilliseconds },
): SessionRecord {
  const expiresAt = Math.min(idleExpiresAt, session.absoluteExpiresAt)
  const successor = { ...session, generation, rotatedAt: now, expiresAt }
  tables.sessions.set(session.id, successor)
  return successor
}

/** Ends sessions and records them in the revocation feed. Returns their ids. */
export function revokeSessions(
  tables: MemoryTables,
  sessions: readonly SessionRecord[],
  now: EpochMilliseconds,
): string[] {
  return sessions.map(({ id }) => {
    tables.sessions.delete(id)
    tables.revocations.add({ kind: 'session', id, generation: null, revokedAt: now })
    return id
  })
}

/**
 * Lets sessions act in an organisation with a role, or in none, and ends their access tokens, which name the former one. The feed
 * has a single line for a generation that ends twice at one instant.
 */
export function changeOrganization(
  tables: MemoryTables,
  sessions: readonly SessionRecord[],
  organization: CurrentOrganization | null,
  now: EpochMilliseconds,
): EndedGeneration[] {
  return sessions.map(session => {
    const { id, generation } = session
    tables.sessions.set(id, { ...session, organization })
    recordGenerationEnd(tables, session, now)
    return { sessionId: id, generation }
  })
}

/** Ends the access tokens of the present generation of a session. */
export function recordGenerationEnd(
  tables: MemoryTables,
  { id, generation }: SessionRecord,
  now: EpochMilliseconds,
): void {
  const isThere = [...tables.revocations].some(
    line => line.id === id && line.generation === generation && line.revokedAt === now,
  )
  if (!isThere) tables.revocations.add({ kind: 'generation', id, generation, revokedAt: now })
}

/** Records the end of a key. The feed has a single line for all changes of a key at the same instant. */
export function recordApiKeyEnd(tables: MemoryTables, id: string, now: EpochMilliseconds): void {
  const isThere = [...tables.revocations].some(line => line.id === id && line.revokedAt === now)
  if (!isThere) tables.revocations.add({ kind: 'apiKey', id, generation: null, revokedAt: now })
}

/**
 * Stores the token, replacing the user's token of the same purpose.
 * @throws {Error} Another token has this hash. Nothing is written then.
 */
export function storeToken(tables: MemoryTables, token: OneTimeTokenRecord): void {
  const { hash, userId, purpose } = token
  const superseded = ofUser(tables.oneTimeTokens, userId).find(pending => pending.purpose === purpose)
  if (tables.oneTimeTokens.has(hash) && superseded?.hash !== hash) throw new Error('Another token has this hash')
  discardTokens(tables, userId, [purpose])
  tables.oneTimeTokens.set(hash, token)
}

export function storeMessages(tables: MemoryTables, messages: readonly OutboxMessageRecord[]): void {
  for (const message of messages) tables.outbox.set(message.id, message)
}

/** Removes the user's pending address change if one of the given sessions requested it. */
export function discardEmailChange(
  tables: MemoryTables,
  userId: string,
  isMeant: (sessionId: string | null) => boolean,
): void {
  for (const { hash, purpose, sessionId } of ofUser(tables.oneTimeTokens, userId)) {
    if (purpose === 'changeEmail' && isMeant(sessionId)) tables.oneTimeTokens.delete(hash)
  }
}

/**
 * Ends the sessions of a user, except one if `exceptSessionId` is not `null`. Also removes the user's pending address change,
 * unless the excepted session requested it. Returns the ids of the ended sessions.
 */
export function revokeAllSessions(
  tables: MemoryTables,
  userId: string,
  { exceptSessionId, now }: { readonly exceptSessionId: string | null; readonly now: EpochMilliseconds },
): string[] {
  discardEmailChange(tables, userId, id => id === null || id !== exceptSessionId)
  const ended = ofUser(tables.sessions, userId).filter(({ id }) => id !== exceptSessionId)
  return revokeSessions(tables, ended, now)
}

/** Removes the user's one-time tokens of these purposes. */
export function discardTokens(
  tables: MemoryTables,
  userId: string,
  purposes: readonly OneTimeTokenPurpose[] = ['confirmEmail', 'resetPassword', 'changeEmail'],
): void {
  for (const { hash, purpose } of ofUser(tables.oneTimeTokens, userId)) {
    if (purposes.includes(purpose)) tables.oneTimeTokens.delete(hash)
  }
}
