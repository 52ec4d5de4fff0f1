import type { UserProfile } from './user-profile.js'

/** Milliseconds since the Unix epoch, UTC, a whole number. Stored and returned exactly. */
export type EpochMilliseconds = number

declare const brand: unique symbol

/** What a password became. Never a plaintext; compared byte for byte. */
export type PasswordHash = string & { readonly [brand]: 'PasswordHash' }
/** SHA-256 of a mailed one-time token, base64url. The token itself is never stored. */
export type OneTimeTokenHash = string & { readonly [brand]: 'OneTimeTokenHash' }
/** SHA-256 of an API key, base64url. The key itself is never stored. */
export type ApiKeyHash = string & { readonly [brand]: 'ApiKeyHash' }

/** A JSON object. It comes back equal to what was stored. */
export type Profile = UserProfile

export interface UserRecord {
  /** UUID in lower case, made above the port or imported, never used again after a deletion. */
  readonly id: string
  /** Canonical address, unique. Compared byte for byte: no case folding, no collation, no trimming. */
  readonly email: string
  /** When the address was proven; `null` until then. */
  readonly emailConfirmedAt: EpochMilliseconds | null
  /** Canonical user name, unique where not `null`. Compared byte for byte. */
  readonly username: string | null
  /** `null`: the user has no password, and no password is right. */
  readonly passwordHash: PasswordHash | null
  readonly profile: Profile
  readonly createdAt: EpochMilliseconds
  readonly lastSignInAt: EpochMilliseconds | null
  /** Since when nobody gets in as this user; `null`: they are not disabled. */
  readonly disabledAt: EpochMilliseconds | null
}

export interface SessionRecord {
  /** UUID, made above the port, new at every sign-in. */
  readonly id: string
  readonly userId: string
  /** Which refresh token is current: 0 at first, one more at each rotation, two at a password change, at most 2³² − 1. */
  readonly generation: number
  readonly createdAt: EpochMilliseconds
  /** When the current refresh token was handed out: at sign-in, then at each rotation. */
  readonly rotatedAt: EpochMilliseconds
  /** The session is dead from this instant on, unless a rotation moves it. Never later than `absoluteExpiresAt`. */
  readonly expiresAt: EpochMilliseconds
  /** No rotation moves `expiresAt` past this. */
  readonly absoluteExpiresAt: EpochMilliseconds
  readonly userAgent: string | null
  readonly ip: string | null
}

/** What a mailed token is good for. A token of one purpose is nothing to a method of another. */
export type OneTimeTokenPurpose = 'confirmEmail' | 'resetPassword' | 'changeEmail'

export interface OneTimeTokenRecord {
  /** Unique. */
  readonly hash: OneTimeTokenHash
  readonly purpose: OneTimeTokenPurpose
  readonly userId: string
  /** The canonical address that the token was mailed to, and the only one that it can prove. */
  readonly email: string
  /** The session that asked for it, which outlives an address change; `null` where nobody was signed in. */
  readonly sessionId: string | null
  readonly createdAt: EpochMilliseconds
  /** The token is dead from this instant on. */
  readonly expiresAt: EpochMilliseconds
}

export interface ApiKeyRecord {
  /** UUID, made above the port. */
  readonly id: string
  readonly userId: string
  /** Unique. */
  readonly hash: ApiKeyHash
  readonly name: string
  /** The first characters of the key, for a person to recognise it by. */
  readonly keyPrefix: string
  readonly lastFour: string
  /** In the order given. */
  readonly scopes: readonly string[]
  readonly createdAt: EpochMilliseconds
  /** The key is dead from this instant on; `null`: never. */
  readonly expiresAt: EpochMilliseconds | null
  readonly lastUsedAt: EpochMilliseconds | null
}

/**
 * A line of the revocation feed.
 * `session`: every token of session `id` is dead. `generation`: access tokens of session `id` with this generation or
 * an older one are dead. `apiKey`: the key `id` is dead, ends sooner than it did, or its user was disabled; whoever remembers it asks again.
 */
export interface Revocation {
  readonly kind: 'session' | 'generation' | 'apiKey'
  readonly id: string
  /** Set for kind `generation`, otherwise `null`. */
  readonly generation: number | null
  readonly revokedAt: EpochMilliseconds
}

/** A message that waits to be sent, or is being sent. */
export interface OutboxMessageRecord {
  /** UUID, made above the port. */
  readonly id: string
  /** Whose account it is about: it goes when they go. `null`: nobody's, so it goes with no account. */
  readonly userId: string | null
  /** What it says and to whom, encrypted above the port. */
  readonly sealed: string
  readonly createdAt: EpochMilliseconds
  /** Nobody takes it before this instant. */
  readonly nextAttemptAt: EpochMilliseconds
  /** How often it was taken. */
  readonly attempts: number
  /** It is worth nothing from this instant on, and nobody takes it any more. */
  readonly expiresAt: EpochMilliseconds
}

/** Something that happened to an account. */
export interface EventRecord {
  /** UUID, made above the port so that a later one is greater. */
  readonly id: string
  readonly happenedAt: EpochMilliseconds
  /** Whose account it was about; it may be gone. */
  readonly userId: string | null
  readonly name: string
  readonly reason: string | null
  readonly sessionId: string | null
  readonly apiKeyId: string | null
  readonly ip: string | null
  readonly userAgent: string | null
  readonly requestId: string | null
}
