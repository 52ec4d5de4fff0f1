import type {
  EpochMilliseconds,
  OneTimeTokenHash,
  OneTimeTokenPurpose,
  OneTimeTokenRecord,
  OutboxMessageRecord,
  PasswordHash,
  UserRecord,
} from '../../storage/records.js'
import type { StorageMethods } from '../../storage/storage-methods.js'

/** A mailed token that a client presents. */
export interface PresentedOneTimeToken {
  readonly hash: OneTimeTokenHash
  readonly now: EpochMilliseconds
}

/** A mailed token that a client presents, if necessary with a password. */
export interface ConsumeWithPassword extends PresentedOneTimeToken {
  /** The hash that the current password was verified against, for requests that require the password. */
  readonly currentHash?: PasswordHash
}

/** A request to set a new password with a mailed token. */
export interface ResetPassword extends PresentedOneTimeToken {
  readonly newHash: PasswordHash
  /** Stored if the outcome is `reset`. */
  readonly messages: readonly OutboxMessageRecord[]
}

/** A request to store a mailed token. */
export interface IssueOneTimeToken {
  /** The hash that the current password was verified against, for requests that require the password. */
  readonly currentHash?: PasswordHash
  readonly token: OneTimeTokenRecord
  /** Stored with the token: the message that carries it, and notifications to other addresses. */
  readonly messages: readonly OutboxMessageRecord[]
  /**
   * Messages without a user, stored instead of everything else if the outcome is `unknownUser`. With as many as `messages`, the
   * step must take as many round trips as one that stores a token: its time must not reveal who has an account.
   */
  readonly messagesIfUnknown?: readonly OutboxMessageRecord[]
}

/**
 * Unknown, used, expired, superseded, made for another purpose, or of a disabled user. The store does not distinguish these.
 */
interface InvalidOneTimeToken {
  readonly outcome: 'invalid'
}

/** The outcome of storing a mailed token. */
export type OneTimeTokenIssue = { readonly outcome: 'issued' | 'stale' | 'sessionEnded' | 'unknownUser' }

/** `currentHash` is given, and differs from the stored hash. Nothing is written: the token stays live. */
interface StaleHash {
  readonly outcome: 'stale'
}

/** The outcome of confirming an address. */
export type EmailConfirmation =
  | { readonly outcome: 'confirmed'; readonly user: UserRecord }
  | StaleHash
  | InvalidOneTimeToken

/** The outcome of resetting a password. */
export type PasswordReset =
  | {
      readonly outcome: 'reset'
      readonly user: UserRecord
      readonly revokedSessionIds: readonly string[]
      /** Absent or empty if the storage has no API keys. */
      readonly deletedApiKeyIds?: readonly string[]
    }
  | InvalidOneTimeToken

/**
 * The user of an address that a step has proven, if the step proved it for the first time. What the account had before is removed:
 * its creator had not proven ownership of the address.
 */
export interface ProvenAddress {
  readonly user: UserRecord
  /** Whether this step has proven the address. If not, the lists are empty. */
  readonly isProvenNow: boolean
  readonly revokedSessionIds: readonly string[]
  /** Absent or empty if the storage has no API keys. */
  readonly deletedApiKeyIds?: readonly string[]
}

/** The outcome of changing an address. */
export type EmailChange =
  | {
      readonly outcome: 'changed'
      /** The user, with the new address. */
      readonly user: UserRecord
      readonly previousEmail: string
      readonly revokedSessionIds: readonly string[]
    }
  /** Another user has the address by now. The token is consumed. */
  | { readonly outcome: 'emailTaken' }
  | StaleHash
  | InvalidOneTimeToken

/**
 * Mailed tokens. Every method is one atomic step; none reads a clock. A token is live while it is stored, `now < expiresAt`,
 * and its user is not disabled. Exactly one of several concurrent calls with the same token consumes it.
 */
export interface OneTimeTokenStore {
  /**
   * Stores the token and its messages, replacing the user's token of the same purpose. `unknownUser`: no user has this id,
   * or the user is disabled. `stale`: `currentHash` is given, and differs from the stored hash. `sessionEnded`: the token
   * names a session that is not a live session of the user at `createdAt`. Nothing is written unless the outcome is
   * `issued`, except `messagesIfUnknown`.
   */
  issue(request: IssueOneTimeToken): Promise<OneTimeTokenIssue>

  /** Returns the live token and its user without consuming the token, so a rejected new password does not use it up. */
  find(
    request: PresentedOneTimeToken & { readonly purpose: OneTimeTokenPurpose },
  ): Promise<{ readonly token: OneTimeTokenRecord; readonly user: UserRecord } | null>

  /**
   * Consumes a live `confirmEmail` token. Marks the user's address as confirmed (`emailConfirmedAt = now`, unless already
   * set) if the token was made for that address. Otherwise the outcome is `invalid`. A token that would be consumed
   * is `stale` if `currentHash` does not match.
   */
  confirmEmail(request: ConsumeWithPassword): Promise<EmailConfirmation>

  /**
   * Consumes a live `resetPassword` token of the user's current address and sets the password. The same step revokes every
   * session of the user and discards all their other one-time tokens. It also marks the address as confirmed, since the
   * token came by mail. If the address was unconfirmed before, the user's API keys are deleted too: their creator had not
   * proven ownership of the address. A token made for an address other than the current one is `invalid`.
   */
  resetPassword(request: ResetPassword): Promise<PasswordReset>

  /**
   * Consumes a live `changeEmail` token: the user's address becomes the one that the token was made for, confirmed
   * (`emailConfirmedAt = now`). The same step revokes every session except the token's own, and discards all other one-time
   * tokens of the user. It also removes the invitations to the former address, from the organisations of which the user is a member:
   * a former member could otherwise return by one. `emailTaken` consumes the token and changes nothing else. A live token is `stale` if `currentHash`
   * does not match, also if the address is taken.
   */
  changeEmail(request: ConsumeWithPassword): Promise<EmailChange>
}

/** The methods of the storage that the e-mail flows need. */
export const emailMethods = {
  oneTimeTokens: ['issue', 'find', 'confirmEmail', 'resetPassword', 'changeEmail'],
  outbox: ['add', 'claim', 'remove', 'postpone'],
} as const satisfies StorageMethods
