import type {
  EpochMilliseconds,
  OneTimeTokenHash,
  OneTimeTokenPurpose,
  OneTimeTokenRecord,
  OutboxMessageRecord,
  PasswordHash,
  UserRecord,
} from './records.js'

export interface PresentedOneTimeToken {
  readonly hash: OneTimeTokenHash
  readonly now: EpochMilliseconds
}

export interface ResetPassword extends PresentedOneTimeToken {
  readonly newHash: PasswordHash
  /** Stored where the answer is `reset`. */
  readonly messages: readonly OutboxMessageRecord[]
}

export interface IssueOneTimeToken {
  /** With the password shown again, for what only the user may ask for. */
  readonly currentHash?: PasswordHash
  readonly token: OneTimeTokenRecord
  /** Stored with the token: what carries it, and what others are told of it. */
  readonly messages: readonly OutboxMessageRecord[]
}

/** Unknown, used, expired, superseded, made for another purpose or a disabled user's: the store doesn't say which. */
interface InvalidOneTimeToken {
  readonly outcome: 'invalid'
}

export type OneTimeTokenIssue = { readonly outcome: 'issued' | 'stale' | 'sessionEnded' | 'unknownUser' }

export type EmailConfirmation = { readonly outcome: 'confirmed'; readonly user: UserRecord } | InvalidOneTimeToken

export type PasswordReset =
  | {
      readonly outcome: 'reset'
      readonly user: UserRecord
      readonly revokedSessionIds: readonly string[]
      readonly deletedApiKeyIds: readonly string[]
    }
  | InvalidOneTimeToken

export type EmailChange =
  | {
      readonly outcome: 'changed'
      /** With the new address. */
      readonly user: UserRecord
      readonly previousEmail: string
      readonly revokedSessionIds: readonly string[]
    }
  /** Somebody else has the address by now. The token is used up. */
  | { readonly outcome: 'emailTaken' }
  | InvalidOneTimeToken

/**
 * Mailed tokens. Every method is one all-or-nothing step; none reads a clock. A token is live while it is stored and
 * `now < expiresAt`, and its user is not disabled. Of any number of calls at once with one token, exactly one consumes it.
 */
export interface OneTimeTokenStore {
  /**
   * Stores the token in place of the user's one of the same purpose, and its messages. `unknownUser`: no user has this id, or
   * they are disabled. `stale`: `currentHash` is given, and the stored one is another. `sessionEnded`: the token names a
   * session, which is not a live one of the user's at its `createdAt`. Nothing is written unless the answer is `issued`.
   */
  issue(request: IssueOneTimeToken): Promise<OneTimeTokenIssue>

  /** Looks without consuming: the live token and whose it is, so that a refused new password doesn't cost the token. */
  find(
    request: PresentedOneTimeToken & { readonly purpose: OneTimeTokenPurpose },
  ): Promise<{ readonly token: OneTimeTokenRecord; readonly user: UserRecord } | null>

  /**
   * Consumes a live `confirmEmail` token. The user's address counts as proven (`emailConfirmedAt = now`, unless it
   * already was) if it still is the one that the token was made for; if it is not, the answer is `invalid`.
   */
  confirmEmail(request: PresentedOneTimeToken): Promise<EmailConfirmation>

  /**
   * Consumes a live `resetPassword` token of the user's present address and sets the password. In the same step every
   * session of the user is revoked and all their other one-time tokens are discarded. The token came by mail, so the
   * address counts as proven; if it was not proven before, the user's API keys are deleted too: whoever made them had
   * not shown that the address is theirs. A token made for another address than the present one is `invalid`.
   */
  resetPassword(request: ResetPassword): Promise<PasswordReset>

  /**
   * Consumes a live `changeEmail` token: the address it was made for becomes the user's, proven (`emailConfirmedAt =
   * now`). In the same step every session but the token's own is revoked and all the user's other one-time tokens are
   * discarded. `emailTaken` consumes the token and changes nothing else.
   */
  changeEmail(request: PresentedOneTimeToken): Promise<EmailChange>
}
