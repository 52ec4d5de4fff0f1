import type { EpochMilliseconds, OutboxMessageRecord, UserRecord } from '../../storage/records.js'
import type { StorageMethods } from '../../storage/storage-methods.js'
import type { SignInCodeHash } from '../../tokens/code-request-token.js'

export type { SignInCodeHash } from '../../tokens/code-request-token.js'

/** A mailed code. An address has at most one. */
export interface SignInCodeRecord {
  /** UUID, generated above the port. */
  readonly id: string
  /** The user who had the address when the code was requested; `null` if no enabled user had it. */
  readonly userId: string | null
  /** The canonical address that the code was mailed to. Unique. Compared byte for byte. */
  readonly email: string
  readonly hash: SignInCodeHash
  /** How many wrong codes are left. At 0, the code is no longer valid. */
  readonly triesLeft: number
  readonly createdAt: EpochMilliseconds
  readonly expiresAt: EpochMilliseconds
}

/**
 * The user has received a mailed code. Holds if the code is live, has this hash, and was mailed to the user's present address,
 * otherwise it is `stale`. Then the code is consumed.
 */
export interface EmailCodeProof {
  readonly codeId: string
  readonly hash: SignInCodeHash
}

declare module '../sessions/port.js' {
  interface ProofsByKind {
    /** A first factor. */
    readonly emailCode: EmailCodeProof
  }
}

/** A request to store a mailed code. */
export interface IssueSignInCode {
  readonly code: SignInCodeRecord
  /** Stored with the code, unless its `userId` is the id of a user who is deleted. */
  readonly messages: readonly OutboxMessageRecord[]
}

/** A code that a client presents. */
export interface TrySignInCode {
  readonly codeId: string
  readonly hash: SignInCodeHash
  readonly now: EpochMilliseconds
}

/** The outcome of presenting a code. */
export type SignInCodeTrial =
  | {
      readonly outcome: 'right'
      /** The address that the code was mailed to. */
      readonly email: string
      /** The user who has this address now, also if they are disabled; `null` if there is none. */
      readonly user: UserRecord | null
      /** Whether this step has proven the address of the user. */
      readonly isProvenNow: boolean
      /** Empty unless `isProvenNow`. */
      readonly revokedSessionIds: readonly string[]
      /** Absent or empty if the storage has no API keys, and unless `isProvenNow`. */
      readonly deletedApiKeyIds?: readonly string[]
    }
  /** Wrong, unknown, expired, replaced, consumed, or without tries left. The store does not distinguish these. */
  | { readonly outcome: 'wrong' }

/**
 * Mailed codes. Every method is one atomic step; none reads a clock. A code is *live* while it is stored, `triesLeft > 0` and
 * `now < expiresAt`. The codes of a user are removed with the user.
 */
export interface SignInCodeStore {
  /**
   * Stores the code and the messages, replacing the code of the same address. Takes as many round trips for every `userId`: its
   * time must not reveal who has an account.
   */
  issue(request: IssueSignInCode): Promise<{ readonly outcome: 'issued' }>

  /**
   * Compares a code with the live one of this id. A wrong code reduces `triesLeft` by one in the same step: of any number of
   * concurrent calls, no more are compared than there are tries. A right code stays live and costs no try; the proof
   * `emailCode` consumes it.
   *
   * A right code proves the address. If its user is enabled and the address was unproven (`emailConfirmedAt` is `null`), the same
   * step sets `emailConfirmedAt` to `now`, and removes what the account had before: the password, every session and one-time
   * token, API keys, second factors and passkeys. Their creator had not proven ownership of the address.
   */
  tryCode(request: TrySignInCode): Promise<SignInCodeTrial>

  /** Returns the live code of an address; `null` if there is none. */
  find(request: { readonly email: string; readonly now: EpochMilliseconds }): Promise<SignInCodeRecord | null>
}

/** The methods of the storage that mailed codes need. */
export const emailCodeMethods = {
  signInCodes: ['issue', 'tryCode', 'find'],
} as const satisfies StorageMethods
