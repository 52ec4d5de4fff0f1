import type { AskingSessionWithPassword } from '../../storage/asking-session.js'
import type {
  EpochMilliseconds,
  OneTimeTokenRecord,
  OutboxMessageRecord,
  PasswordHash,
  SessionRecord,
  UserRecord,
} from '../../storage/records.js'
import type { StorageMethods } from '../../storage/storage-methods.js'
import type { UpdateProfile } from './plan-profile-update.js'

/** Further records that the creation of a user writes. Each feature adds its part by declaration merging. */
// biome-ignore lint/suspicious/noEmptyInterface: features add the members
export interface UserAdditions {}

/** A request to store a new user. */
export interface CreateUser {
  readonly user: UserRecord
  /** The session that the sign-up opens, written in the same step; `null` if there is none. */
  readonly session: SessionRecord | null
  /** The one-time token that the sign-up issues; `null` if there is none. */
  readonly token: OneTimeTokenRecord | null
  readonly messages: readonly OutboxMessageRecord[]
  /**
   * Messages to the owner of the address, stored instead of everything else if the outcome is `emailTaken`. With as many as
   * `messages`, the step must take as many round trips as one that creates the user.
   */
  readonly messagesIfTaken: readonly OutboxMessageRecord[]
  readonly additions?: UserAdditions
}

/** The outcome of storing a new user. */
export type UserCreation =
  | { readonly outcome: 'created' }
  | { readonly outcome: 'emailTaken' }
  | { readonly outcome: 'usernameTaken' }
  | { readonly outcome: 'idTaken' }

/** A request to change a password. */
export interface ChangePassword {
  readonly userId: string
  /** The hash that the current password was just verified against; `null` if the user has no password. */
  readonly currentHash: PasswordHash | null
  readonly newHash: PasswordHash
  /** The session to keep. */
  readonly sessionId: string
  /** The kept session's new `expiresAt`, before it is limited to its `absoluteExpiresAt`. */
  readonly idleExpiresAt: EpochMilliseconds
  readonly now: EpochMilliseconds
  /** Stored in the same step if the outcome is `changed`. */
  readonly messages: readonly OutboxMessageRecord[]
}

/** The outcome of changing a password. */
export type PasswordChange =
  | {
      readonly outcome: 'changed'
      readonly user: UserRecord
      /** The kept session, with its new generation: two higher than before. */
      readonly session: SessionRecord
      readonly revokedSessionIds: readonly string[]
    }
  /** The stored hash is no longer `currentHash`, or the user is deleted. */
  | { readonly outcome: 'stale' }
  /** The session to keep is not a live session of this user. */
  | { readonly outcome: 'sessionEnded' }

/** A request to replace the hash of a password. */
export interface ReplacePasswordHash {
  readonly userId: string
  readonly currentHash: PasswordHash
  readonly newHash: PasswordHash
}

/** The outcome of updating a profile. */
export type ProfileUpdate =
  | { readonly outcome: 'updated'; readonly user: UserRecord }
  | { readonly outcome: 'tooLarge' }
  | { readonly outcome: 'usernameTaken' }
  | { readonly outcome: 'sessionEnded' }
  | { readonly outcome: 'unknown' }

/** A request to delete a user. */
export interface DeleteUser {
  readonly userId: string
  readonly asking?: AskingSessionWithPassword
  readonly now: EpochMilliseconds
}

/** The outcome of deleting a user. */
export type UserDeletion =
  | {
      readonly outcome: 'deleted'
      readonly revokedSessionIds: readonly string[]
      /** Absent or empty if the storage has no API keys. */
      readonly deletedApiKeyIds?: readonly string[]
    }
  /** The stored hash is no longer `asking.currentHash`. */
  | { readonly outcome: 'stale' }
  /** The requesting session is not a live session of this user. */
  | { readonly outcome: 'sessionEnded' }
  /** The user is the only owner of these organisations of kind `shared`. */
  | { readonly outcome: 'lastOwner'; readonly organizationIds: readonly string[] }
  | { readonly outcome: 'unknown' }

/** The outcome of disabling a user. */
export type UserDisabling =
  | {
      readonly outcome: 'disabled'
      readonly revokedSessionIds: readonly string[]
      /**
       * The user's API keys. They remain stored, and are valid again once the user is enabled. Absent or empty if the storage
       * has no API keys.
       */
      readonly apiKeyIds?: readonly string[]
    }
  | { readonly outcome: 'unknown' }

/** A request to mark an address as confirmed. */
export interface MarkEmailConfirmed {
  readonly userId: string
  /** The address to mark as confirmed, in canonical form. */
  readonly email: string
  readonly now: EpochMilliseconds
}

/** The outcome of marking an address as confirmed. */
export type EmailMarking =
  | { readonly outcome: 'confirmed'; readonly user: UserRecord }
  /** There is no such user, or their address has changed. Nothing is written. */
  | { readonly outcome: 'unknown' }

/** A request for a page of users. */
export interface ListUsers {
  /** The page starts after this id, whether or not its user still exists; if omitted, at the first user. */
  readonly afterId?: string
  readonly limit: number
}

/** Users. Every method is one atomic step; none reads a clock. */
export interface UserStore {
  /**
   * Writes a user with their session, token and messages, if any. Exactly one of several concurrent calls with the same
   * address gets `created`; the same holds for the username and the id. If several are taken, the outcome is the first of
   * `emailTaken`, `idTaken` and `usernameTaken`. Nothing is written unless the outcome is `created`, except for
   * `messagesIfTaken` with `emailTaken`; their `userId` is set to the owner's. The same step writes the `additions`.
   */
  create(request: CreateUser): Promise<UserCreation>

  find(request: { readonly userId: string }): Promise<UserRecord | null>

  /** Finds a user by canonical address, byte for byte. */
  findByEmail(request: { readonly email: string }): Promise<UserRecord | null>

  /** Finds a user by canonical username, byte for byte. */
  findByUsername(request: { readonly username: string }): Promise<UserRecord | null>

  /**
   * Returns a page of all users, ordered by `id`, byte for byte. A user who exists throughout is on exactly one page. An
   * empty page is the end.
   */
  list(request: ListUsers): Promise<readonly UserRecord[]>

  /** Returns the number of users. Databases read a whole index for it: with millions of users it takes seconds. */
  count(): Promise<number>

  /**
   * Sets a new password if `currentHash` is still the stored one. The same step increases the named session's generation by
   * two (`rotatedAt = now`) and revokes every other session of the user. It also discards pending `resetPassword` and
   * `changeEmail` tokens and stores the messages. Nothing is written unless the outcome is `changed`.
   *
   * It increases by two, so no refresh token issued before is the direct predecessor of the new one, and the grace period of
   * a rotation does not apply. An attacker with a copied token gets `reused`, never the tokens of the new password.
   */
  changePassword(request: ChangePassword): Promise<PasswordChange>

  /**
   * Stores the same password under a better hash, if `currentHash` is still the stored one; `stale` otherwise. Changes no
   * session: the password itself stays the same.
   */
  replacePasswordHash(request: ReplacePasswordHash): Promise<{ readonly outcome: 'replaced' | 'stale' }>

  /**
   * Merges the patch into the profile as stored at that moment, as `planProfileUpdate` decides: concurrent calls all take
   * effect, and none overwrites another's field. The same step sets the username, if the request has one. Of concurrent
   * calls with one username, including those of `create`, exactly one gets it. The previous username is free immediately. If
   * the profile is too large and another user has the username, the outcome is `tooLarge`. `sessionEnded`: `asking` is
   * given, but is not a live session of the user.
   * Nothing is written unless the outcome is `updated`. Only the profile and the username change.
   */
  updateProfile(request: UpdateProfile): Promise<ProfileUpdate>

  /**
   * Marks the address as confirmed (`emailConfirmedAt = now`, unless already set) if it still is the user's. The caller
   * vouches for it. The same step discards the pending `confirmEmail` token.
   */
  markEmailConfirmed(request: MarkEmailConfirmed): Promise<EmailMarking>

  /**
   * Disables the user (`disabledAt = now`; an earlier value stays), so no client can authenticate as this user. The same
   * step revokes every session, discards pending `resetPassword` and `changeEmail` tokens, and records each API key in the
   * revocation feed. The keys stay: `apiKeys.findByHash` still finds them, with a disabled user. The invitations that the user has
   * sent are removed.
   */
  disable(request: { readonly userId: string; readonly now: EpochMilliseconds }): Promise<UserDisabling>

  /** Sets `disabledAt` to `null`, and changes nothing else. Resolves to `enabled` even if the user was not disabled. */
  enable(request: { readonly userId: string }): Promise<{ readonly outcome: 'enabled' | 'unknown' }>

  /**
   * Removes the user with their sessions, one-time tokens, API keys and unsent messages. Records each session and key in the
   * revocation feed. Their events stay, with `ip` and `userAgent` set to `null`. The address and username are free
   * immediately. With `asking`, nothing is written unless its hash is current (`stale`) and its session is live
   * (`sessionEnded`). The same step removes the memberships of the user with their API keys, the invitations that they have sent,
   * and those of their organisations to their address. It also deletes their personal organisation. A user who is the only owner of
   * a shared organisation is not deleted (`lastOwner`, after the other outcomes).
   */
  delete(request: DeleteUser): Promise<UserDeletion>
}

/** The methods of the storage that accounts need. */
export const accountMethods = {
  users: [
    'create',
    'find',
    'findByEmail',
    'findByUsername',
    'list',
    'count',
    'updateProfile',
    'markEmailConfirmed',
    'disable',
    'enable',
    'delete',
  ],
} as const satisfies StorageMethods
