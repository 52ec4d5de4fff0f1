import type {
  OneTimeTokenRecord,
  OutboxMessageRecord,
  Revocation,
  SessionRecord,
  SignInMethod,
  UserRecord,
} from '../records.js'
import { storableText } from './storable-text.js'
import type { OneTimeTokenRow, OutboxRow, RevocationRow, SessionRow, UserRow } from './tables.js'

/** Represents `null` in the feed, whose `generation` column is part of the key. */
export const noGeneration = -1

/** Checks every string and name: JSON escapes would hide characters that no column may hold. */
export function toJson(value: object): string {
  return JSON.stringify(value, (name: string, content: unknown) => {
    storableText(name)
    return typeof content === 'string' ? storableText(content) : content
  })
}

export function fromUser(user: UserRecord): UserRow {
  return {
    id: user.id,
    email: user.email,
    email_confirmed_at: user.emailConfirmedAt,
    username: user.username,
    password_hash: user.passwordHash ?? '',
    profile: toJson(user.profile),
    created_at: user.createdAt,
    last_sign_in_at: user.lastSignInAt,
    disabled_at: user.disabledAt,
  }
}

export function toUser(row: UserRow): UserRecord {
  return {
    id: row.id,
    email: row.email,
    emailConfirmedAt: row.email_confirmed_at,
    username: row.username,
    passwordHash: row.password_hash === '' ? null : row.password_hash,
    profile: JSON.parse(row.profile),
    createdAt: row.created_at,
    lastSignInAt: row.last_sign_in_at,
    disabledAt: row.disabled_at,
  }
}

export function fromSession(session: SessionRecord): SessionRow {
  return {
    id: session.id,
    user_id: session.userId,
    generation: session.generation,
    created_at: session.createdAt,
    methods: session.methods.join(' '),
    authenticated_at: session.authenticatedAt,
    rotated_at: session.rotatedAt,
    expires_at: session.expiresAt,
    absolute_expires_at: session.absoluteExpiresAt,
    user_agent: session.userAgent,
    ip: session.ip,
    organization_id: session.organization?.id ?? null,
    organization_role: session.organization?.role ?? null,
  }
}

export function toSession(row: SessionRow): SessionRecord {
  return {
    id: row.id,
    userId: row.user_id,
    generation: row.generation,
    createdAt: row.created_at,
    methods: (row.methods ?? 'password').split(' ') as SignInMethod[],
    authenticatedAt: row.authenticated_at ?? row.created_at,
    rotatedAt: row.rotated_at,
    expiresAt: row.expires_at,
    absoluteExpiresAt: row.absolute_expires_at,
    userAgent: row.user_agent,
    ip: row.ip,
    organization:
      row.organization_id === null ? null : { id: row.organization_id, role: row.organization_role as string },
  }
}

export function fromOneTimeToken(token: OneTimeTokenRecord): OneTimeTokenRow {
  return {
    hash: token.hash,
    purpose: token.purpose,
    user_id: token.userId,
    email: token.email,
    session_id: token.sessionId,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
  }
}

export function toOneTimeToken(row: OneTimeTokenRow): OneTimeTokenRecord {
  return {
    hash: row.hash,
    purpose: row.purpose,
    userId: row.user_id,
    email: row.email,
    sessionId: row.session_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}

export function fromRevocation(revocation: Revocation): RevocationRow {
  const { kind, id, generation, revokedAt } = revocation
  return { revoked_at: revokedAt, kind, id, generation: generation ?? noGeneration }
}

export function toRevocation(row: RevocationRow): Revocation {
  const generation = row.generation === noGeneration ? null : row.generation
  return { kind: row.kind, id: row.id, generation, revokedAt: row.revoked_at }
}

export function fromMessage(message: OutboxMessageRecord): OutboxRow {
  return {
    id: message.id,
    user_id: message.userId,
    sealed: message.sealed,
    created_at: message.createdAt,
    next_attempt_at: message.nextAttemptAt,
    attempts: message.attempts,
    expires_at: message.expiresAt,
  }
}

export function toMessage(row: OutboxRow): OutboxMessageRecord {
  return {
    id: row.id,
    userId: row.user_id,
    sealed: row.sealed,
    createdAt: row.created_at,
    nextAttemptAt: row.next_attempt_at,
    attempts: row.attempts,
    expiresAt: row.expires_at,
  }
}
