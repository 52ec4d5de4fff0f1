import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { ApiKeyHash, ApiKeyRecord } from '../features/api-keys/api-key-record.js'
import type { EventRecord } from '../features/audit-log/event-record.js'
import type {
  EpochMilliseconds,
  OneTimeTokenHash,
  OneTimeTokenRecord,
  OutboxMessageRecord,
  PasswordHash,
  SessionRecord,
  UserRecord,
} from '../storage/records.js'

export const minuteMilliseconds = 60_000
export const hourMilliseconds = 3_600_000
export const dayMilliseconds = 86_400_000

/** Returns a time in the years 2001 to 2017. A storage that reads a clock would treat every such record as expired. */
export function randomTime(): EpochMilliseconds {
  return randomInt(1_000_000_000_000, 1_500_000_000_000)
}

export function randomWord(): string {
  return randomBytes(8).toString('hex')
}

export function randomEmail(): string {
  return `${randomWord()}@conformance.example`
}

export function randomPasswordHash(): PasswordHash {
  return `$conformance$${randomBytes(32).toString('base64url')}` as PasswordHash
}

export function randomTokenHash(): OneTimeTokenHash {
  return randomBytes(32).toString('base64url') as OneTimeTokenHash
}

export function randomApiKeyHash(): ApiKeyHash {
  return randomBytes(32).toString('base64url') as ApiKeyHash
}

export interface UserWithPassword extends UserRecord {
  readonly passwordHash: PasswordHash
}

/** Returns a user whose address is not confirmed yet. */
export function randomUser(overrides: Partial<UserWithPassword> = {}): UserWithPassword {
  return {
    id: randomUUID(),
    email: randomEmail(),
    emailConfirmedAt: null,
    username: randomWord(),
    passwordHash: randomPasswordHash(),
    profile: { nickname: randomWord() },
    createdAt: randomTime(),
    lastSignInAt: null,
    disabledAt: null,
    ...overrides,
  }
}

/** Returns a session from the user's creation time. It expires after an hour idle, and after a day at the latest. */
export function randomSession(user: UserRecord, overrides: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id: randomUUID(),
    userId: user.id,
    generation: 0,
    createdAt: user.createdAt,
    methods: ['password'],
    authenticatedAt: user.createdAt,
    rotatedAt: user.createdAt,
    expiresAt: user.createdAt + hourMilliseconds,
    absoluteExpiresAt: user.createdAt + dayMilliseconds,
    userAgent: `Conformance/1.0 (${randomWord()})`,
    ip: '2001:db8::1',
    organization: null,
    ...overrides,
  }
}

/** Returns a `confirmEmail` token for the user's own address that expires after an hour. */
export function randomToken(user: UserRecord, overrides: Partial<OneTimeTokenRecord> = {}): OneTimeTokenRecord {
  return {
    hash: randomTokenHash(),
    purpose: 'confirmEmail',
    userId: user.id,
    email: user.email,
    sessionId: null,
    createdAt: user.createdAt,
    expiresAt: user.createdAt + hourMilliseconds,
    ...overrides,
  }
}

/** Returns a key that never expires and was never used. */
export function randomApiKey(user: UserRecord, overrides: Partial<ApiKeyRecord> = {}): ApiKeyRecord {
  return {
    id: randomUUID(),
    userId: user.id,
    hash: randomApiKeyHash(),
    name: `key ${randomWord()}`,
    keyPrefix: 'sk-conf',
    lastFour: randomBytes(2).toString('hex'),
    scopes: ['reports:read', 'reports:write'],
    createdAt: user.createdAt,
    expiresAt: null,
    lastUsedAt: null,
    organizationId: null,
    ...overrides,
  }
}

/**
 * Returns a message about the user that is due at the user's creation time. It expires after a second, so a case that claims
 * due messages does not meet those of another case in the same database.
 */
export function randomMessage(user: UserRecord, overrides: Partial<OutboxMessageRecord> = {}): OutboxMessageRecord {
  return {
    id: randomUUID(),
    userId: user.id,
    sealed: randomBytes(96).toString('base64url'),
    createdAt: user.createdAt,
    nextAttemptAt: user.createdAt,
    attempts: 0,
    expiresAt: user.createdAt + 1_000,
    ...overrides,
  }
}

/** Returns an event with every field. */
export function randomEvent(userId: string | null, overrides: Partial<EventRecord> = {}): EventRecord {
  return {
    id: randomUUID(),
    happenedAt: randomTime(),
    userId,
    name: randomWord(),
    reason: randomWord(),
    sessionId: randomUUID(),
    apiKeyId: randomUUID(),
    ip: '203.0.113.9',
    userAgent: `Mozilla/5.0 é\u{1f600} ${randomWord()}`,
    requestId: randomWord(),
    details: { [randomWord()]: `é\u{1f600} ${randomWord()}`, [randomWord()]: null },
    ...overrides,
  }
}
