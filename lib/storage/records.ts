import type { UserProfile } from './user-profile.js'

/** Milliseconds since the Unix epoch, UTC, a whole number. Stored and returned exactly. */
export type EpochMilliseconds = number

declare const brand: unique symbol

/** Hash of a password, never plaintext. Compared byte for byte. */
export type PasswordHash = string & { readonly [brand]: 'PasswordHash' }
/** SHA-256 of a mailed one-time token, base64url. The token itself is never stored. */
export type OneTimeTokenHash = string & { readonly [brand]: 'OneTimeTokenHash' }

/** A JSON object. It comes back equal to what was stored. */
export type Profile = UserProfile

/** A user. */
export interface UserRecord {
  /** UUID in lower case, generated above the port or imported. Never reused after a deletion. */
  readonly id: string
  /** Canonical address, unique. Compared byte for byte: no case folding, no collation, no trimming. */
  readonly email: string
  /** When the address was confirmed; `null` until then. */
  readonly emailConfirmedAt: EpochMilliseconds | null
  /** Canonical username, unique if not `null`. Compared byte for byte. */
  readonly username: string | null
  /** `null`: the user has no password, so no password is correct. */
  readonly passwordHash: PasswordHash | null
  readonly profile: Profile
  readonly createdAt: EpochMilliseconds
  readonly lastSignInAt: EpochMilliseconds | null
  /** When the user was disabled, which prevents every sign-in; `null` if the user is not disabled. */
  readonly disabledAt: EpochMilliseconds | null
}

/** A method with which a user has proven who they are. */
export type SignInMethod = 'password' | 'totp' | 'recoveryCode' | 'passkey' | 'email' | 'provider'

/** An organisation in which a session or an API key acts, and the role of its user there. */
export interface CurrentOrganization {
  readonly id: string
  readonly role: string
}

/** A session. */
export interface SessionRecord {
  /** UUID, generated above the port for every sign-in. */
  readonly id: string
  readonly userId: string
  /** Number of the current refresh token. Starts at 0, grows by 1 per rotation and 2 per password change; at most 2³² − 1. */
  readonly generation: number
  readonly createdAt: EpochMilliseconds
  /** The methods of all proofs that were given for the session, without repetitions. A session of release 0.1.0: `password`. */
  readonly methods: readonly SignInMethod[]
  /** When the last proof was given: at sign-in, then at each reauthentication. A session of release 0.1.0: `createdAt`. */
  readonly authenticatedAt: EpochMilliseconds
  /** When the current refresh token was issued: at sign-in, then at each rotation. */
  readonly rotatedAt: EpochMilliseconds
  /** The session is expired from this instant on, unless a rotation extends it. Never later than `absoluteExpiresAt`. */
  readonly expiresAt: EpochMilliseconds
  /** Upper limit of `expiresAt`, which no rotation exceeds. */
  readonly absoluteExpiresAt: EpochMilliseconds
  /** The client that signed in or, after a rotation, the client that rotated last. */
  readonly userAgent: string | null
  readonly ip: string | null
  /**
   * The organisation in which the session acts. Every step that changes or ends the membership changes it too, so the role is
   * current. `null` if it acts in none, and in sessions of release 0.1.0.
   */
  readonly organization: CurrentOrganization | null
}

/** Access tokens that a step has ended: those of the session with this generation or an older one. */
export interface EndedGeneration {
  readonly sessionId: string
  readonly generation: number
}

/** Purpose of a mailed token. A method accepts tokens of its own purpose only. */
export type OneTimeTokenPurpose = 'confirmEmail' | 'resetPassword' | 'changeEmail'

/** A mailed token. */
export interface OneTimeTokenRecord {
  /** Unique. */
  readonly hash: OneTimeTokenHash
  readonly purpose: OneTimeTokenPurpose
  readonly userId: string
  /** The canonical address that the token was mailed to, and the only one that it can confirm. */
  readonly email: string
  /** The session that requested it, which survives an address change; `null` if the client was not signed in. */
  readonly sessionId: string | null
  readonly createdAt: EpochMilliseconds
  /** The token is expired from this instant on. */
  readonly expiresAt: EpochMilliseconds
}

/**
 * A line of the revocation feed.
 * `session`: every token of session `id` is invalid. `generation`: access tokens of session `id` with this generation or an
 * older one are invalid. `apiKey`: key `id` was removed, expires sooner than before, its user was disabled, or the role of its
 * user changed; processes that have cached the key must read it again.
 */
export interface Revocation {
  readonly kind: 'session' | 'generation' | 'apiKey'
  readonly id: string
  /** Set for kind `generation`, otherwise `null`. */
  readonly generation: number | null
  readonly revokedAt: EpochMilliseconds
}

/** A message that is waiting to be sent or is being sent. */
export interface OutboxMessageRecord {
  /** UUID, generated above the port. */
  readonly id: string
  /** The user whose account it concerns; the message is deleted with that user. `null`: it belongs to no account. */
  readonly userId: string | null
  /** Content and recipient, encrypted above the port. */
  readonly sealed: string
  readonly createdAt: EpochMilliseconds
  /** No process may claim it before this instant. */
  readonly nextAttemptAt: EpochMilliseconds
  /** How many times it was claimed. */
  readonly attempts: number
  /** From this instant on, the message is expired and no longer claimed. */
  readonly expiresAt: EpochMilliseconds
}
