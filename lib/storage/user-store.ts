import type { AskingSessionWithPassword } from './asking-session.js'
import type { UpdateProfile } from './plan-profile-update.js'
import type {
  EpochMilliseconds,
  OneTimeTokenRecord,
  OutboxMessageRecord,
  PasswordHash,
  SessionRecord,
  UserRecord,
} from './records.js'

export interface CreateUser {
  readonly user: UserRecord
  /** The session that the sign-up opens, written in the same step; `null` where it opens none. */
  readonly session: SessionRecord | null
  /** A one-time token that the sign-up issues; `null` where it issues none. */
  readonly token: OneTimeTokenRecord | null
  readonly messages: readonly OutboxMessageRecord[]
  /** Stored instead of everything else where the answer is `emailTaken`: for the owner of the address. */
  readonly messagesIfTaken: readonly OutboxMessageRecord[]
}

export type UserCreation =
  | { readonly outcome: 'created' }
  | { readonly outcome: 'emailTaken' }
  | { readonly outcome: 'usernameTaken' }
  | { readonly outcome: 'idTaken' }

export interface ChangePassword {
  readonly userId: string
  /** The hash that the current password was just verified against. */
  readonly currentHash: PasswordHash
  readonly newHash: PasswordHash
  /** The session that goes on. */
  readonly sessionId: string
  /** The going-on session's new `expiresAt`, before it is capped by its `absoluteExpiresAt`. */
  readonly idleExpiresAt: EpochMilliseconds
  readonly now: EpochMilliseconds
  /** Stored in the same step where the answer is `changed`. */
  readonly messages: readonly OutboxMessageRecord[]
}

export type PasswordChange =
  | {
      readonly outcome: 'changed'
      readonly user: UserRecord
      /** The going-on session, with its new generation: two more than it was. */
      readonly session: SessionRecord
      readonly revokedSessionIds: readonly string[]
    }
  /** The stored hash is no longer `currentHash`, or the user is gone. */
  | { readonly outcome: 'stale' }
  /** The session that should go on is not a live one of this user's. */
  | { readonly outcome: 'sessionEnded' }

export interface ReplacePasswordHash {
  readonly userId: string
  readonly currentHash: PasswordHash
  readonly newHash: PasswordHash
}

export type ProfileUpdate =
  | { readonly outcome: 'updated'; readonly user: UserRecord }
  | { readonly outcome: 'tooLarge' }
  | { readonly outcome: 'usernameTaken' }
  | { readonly outcome: 'sessionEnded' }
  | { readonly outcome: 'unknown' }

export interface DeleteUser {
  readonly userId: string
  readonly asking?: AskingSessionWithPassword
  readonly now: EpochMilliseconds
}

export type UserDeletion =
  | {
      readonly outcome: 'deleted'
      readonly revokedSessionIds: readonly string[]
      readonly deletedApiKeyIds: readonly string[]
    }
  /** The stored hash is no longer `asking.currentHash`. */
  | { readonly outcome: 'stale' }
  /** The session that asks is not a live one of this user's. */
  | { readonly outcome: 'sessionEnded' }
  | { readonly outcome: 'unknown' }

export type UserDisabling =
  | {
      readonly outcome: 'disabled'
      readonly revokedSessionIds: readonly string[]
      /** They are still there, and good again once the user is enabled. */
      readonly apiKeyIds: readonly string[]
    }
  | { readonly outcome: 'unknown' }

export interface MarkEmailConfirmed {
  readonly userId: string
  /** The address that is known to be the user's, in canonical form. */
  readonly email: string
  readonly now: EpochMilliseconds
}

export type EmailMarking =
  | { readonly outcome: 'confirmed'; readonly user: UserRecord }
  /** There is no such user, or their address is another one by now. Nothing is written. */
  | { readonly outcome: 'unknown' }

export interface ListUsers {
  /** Go on behind this id, whether or not its user is still there; left out: from the first. */
  readonly afterId?: string
  readonly limit: number
}

/** People. Every method is one all-or-nothing step; none reads a clock. */
export interface UserStore {
  /**
   * Writes a user, and with them the session, token and messages that there are. Of any number of calls at once with one address, exactly one
   * is told `created`; so too with one user name, and with one id. If several are taken, the answer is the first of `emailTaken`,
   * `idTaken` and `usernameTaken`. Nothing is written
   * unless the answer is `created`, but for `messagesIfTaken` with `emailTaken`; their `userId` is set to the owner's.
   */
  create(request: CreateUser): Promise<UserCreation>

  find(request: { readonly userId: string }): Promise<UserRecord | null>

  /** By canonical address, byte for byte. */
  findByEmail(request: { readonly email: string }): Promise<UserRecord | null>

  /** By canonical user name, byte for byte. */
  findByUsername(request: { readonly username: string }): Promise<UserRecord | null>

  /**
   * A page of all users, ordered by `id`, byte for byte. Pages fit together: whoever is there all the time is on one of
   * them, once. An empty page is the end.
   */
  list(request: ListUsers): Promise<readonly UserRecord[]>

  /** How many users there are. Databases read a whole index for it: on millions of users it takes seconds. */
  count(): Promise<number>

  /**
   * Sets a new password if `currentHash` is still the stored one. In the same step the named session moves on by two
   * generations (`rotatedAt = now`), every other session of the user is revoked, the user's pending `resetPassword` and
   * `changeEmail` tokens are discarded, and the messages are stored. Nothing is written unless the answer is `changed`.
   *
   * By two, so that no refresh token that was handed out before is the parent of the new one: the grace of a rotation is
   * not for them. Whoever holds a copy gets `reused`, never the tokens that the new password was to keep from them.
   */
  changePassword(request: ChangePassword): Promise<PasswordChange>

  /**
   * Stores the same password under a better hash, if `currentHash` is still the stored one; `stale` otherwise. Touches
   * no session: for the person nothing has happened.
   */
  replacePasswordHash(request: ReplacePasswordHash): Promise<{ readonly outcome: 'replaced' | 'stale' }>

  /**
   * Puts the fields of the patch into the profile that is stored at that moment, as `planProfileUpdate` says: of any number
   * of calls at once each has its effect, and none undoes another's field. In the same step the user gets the user name, if
   * the request has one; of any number of calls at once with one name, those of `create` among them, exactly one gets it,
   * and the name before is free at once. Where the name is somebody else's and the profile is too large too, `tooLarge` is
   * the answer. `sessionEnded`: `asking` is given, and is not a live session of the user's.
   * Nothing is written unless the answer is `updated`, and nothing but the profile and the user name is touched.
   */
  updateProfile(request: UpdateProfile): Promise<ProfileUpdate>

  /**
   * Counts the address as proven (`emailConfirmedAt = now`, unless it already was), on the caller's word, if it still is the
   * user's. In the same step the pending `confirmEmail` token is discarded.
   */
  markEmailConfirmed(request: MarkEmailConfirmed): Promise<EmailMarking>

  /**
   * Lets nobody in as this user any more (`disabledAt = now`; whoever was disabled already keeps the earlier instant). In the
   * same step every session is revoked, the pending `resetPassword` and `changeEmail` tokens are discarded, and each API key
   * is put into the revocation feed. The keys stay: `apiKeys.findByHash` goes on finding them, with a user who is disabled.
   */
  disable(request: { readonly userId: string; readonly now: EpochMilliseconds }): Promise<UserDisabling>

  /** Sets `disabledAt` to `null`, and nothing else. Not an error where the user was not disabled. */
  enable(request: { readonly userId: string }): Promise<{ readonly outcome: 'enabled' | 'unknown' }>

  /**
   * Removes the user with their sessions, one-time tokens, API keys and unsent messages, and puts each session and key into the
   * revocation feed. Their events stay, with `ip` and `userAgent` set to `null`. The address and the user name are free again at
   * once. With `asking`, nothing is written unless its hash still stands (`stale`) and its session is live (`sessionEnded`).
   */
  delete(request: DeleteUser): Promise<UserDeletion>
}
