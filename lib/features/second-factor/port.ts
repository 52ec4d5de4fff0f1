import type { AskingSession } from '../../storage/asking-session.js'
import type { EpochMilliseconds, OutboxMessageRecord, SessionRecord, UserRecord } from '../../storage/records.js'
import type { StorageMethods } from '../../storage/storage-methods.js'

declare const brand: unique symbol

/** SHA-256 of a recovery code, base64url. The code itself is never stored. */
export type RecoveryCodeHash = string & { readonly [brand]: 'RecoveryCodeHash' }

/** The authenticator app of a user: a secret for time-based one-time passwords (RFC 6238). A user has at most one. */
export interface TotpFactorRecord {
  /** UUID, generated above the port. */
  readonly id: string
  readonly userId: string
  /** The secret, encrypted above the port. */
  readonly sealedSecret: string
  readonly createdAt: EpochMilliseconds
  /** From this instant on, the factor can no longer be confirmed. Has no meaning once it is. */
  readonly expiresAt: EpochMilliseconds
  /** When the user confirmed it with a code; `null` until then. Only a confirmed factor is a second factor. */
  readonly confirmedAt: EpochMilliseconds | null
  /** The last time step whose code was accepted, `null` if none was. Codes of this step and of earlier ones are spent. */
  readonly lastStep: number | null
}

/** The user has the authenticator app: it showed the code of this time step. `classifyTotpStep` says whether the proof holds. */
export interface TotpProof {
  readonly factorId: string
  /** Number of the time step (RFC 6238, section 4.2): an integer, about 6 × 10⁷ today. */
  readonly step: number
  /** If given, replaces the `sealedSecret` in the same step: the same secret, sealed with a newer key. */
  readonly sealedSecret?: string
}

/** The user has the recovery code. Holds if it is stored for the user, and is removed then; `spent` otherwise. */
export interface RecoveryCodeProof {
  readonly hash: RecoveryCodeHash
}

declare module '../sessions/port.js' {
  interface ProofsByKind {
    /** A second factor. */
    readonly totp: TotpProof
    /** A second factor. */
    readonly recoveryCode: RecoveryCodeProof
  }
}

/** The second factors of a user. */
export interface SecondFactors {
  readonly totp: TotpFactorRecord | null
  readonly recoveryCodesLeft: number
}

/** A request to store an authenticator app that is not confirmed yet. */
export interface StartTotp {
  /** `confirmedAt` and `lastStep` are `null`. */
  readonly factor: TotpFactorRecord
  readonly asking: AskingSession
}

/** A request to confirm an authenticator app with its first code. */
export interface ConfirmTotp {
  readonly userId: string
  readonly factorId: string
  /** The time step of the code, which is spent. */
  readonly step: number
  /** The requesting session, which goes on as one with a second factor. */
  readonly sessionId: string
  /** The requesting session's new `expiresAt`, before it is limited to its `absoluteExpiresAt`. */
  readonly idleExpiresAt: EpochMilliseconds
  /** The new recovery codes. They replace all earlier ones. */
  readonly recoveryCodes: readonly RecoveryCodeHash[]
  readonly now: EpochMilliseconds
  readonly messages: readonly OutboxMessageRecord[]
}

/** The outcome of confirming an authenticator app. */
export type TotpConfirmation =
  | {
      readonly outcome: 'confirmed'
      readonly user: UserRecord
      /** The requesting session with its new generation: two higher than before. */
      readonly session: SessionRecord
      readonly revokedSessionIds: readonly string[]
    }
  /** The user has no such factor that waits for its confirmation at `now`. */
  | { readonly outcome: 'stale' }
  /** The requesting session is not a live session of this user. */
  | { readonly outcome: 'sessionEnded' }

/** A request to remove the authenticator app of a user. */
export interface RemoveTotp {
  readonly userId: string
  /** The requesting session, which stays. */
  readonly asking: AskingSession
  readonly now: EpochMilliseconds
  readonly messages: readonly OutboxMessageRecord[]
}

/** The outcome of removing second factors. */
export type SecondFactorRemoval =
  | { readonly outcome: 'removed'; readonly revokedSessionIds: readonly string[] }
  | { readonly outcome: 'sessionEnded' }
  /** The user is deleted, or has no such factor. */
  | { readonly outcome: 'unknown' }

/** A request to replace the recovery codes of a user. */
export interface RenewRecoveryCodes {
  readonly userId: string
  readonly recoveryCodes: readonly RecoveryCodeHash[]
  readonly asking: AskingSession
  readonly messages: readonly OutboxMessageRecord[]
}

/** A request of the application to remove all second factors of a user. */
export interface ClearSecondFactors {
  readonly userId: string
  readonly now: EpochMilliseconds
  readonly messages: readonly OutboxMessageRecord[]
}

/**
 * Authenticator apps and recovery codes. Every method is one atomic step; none reads a clock. Writing methods lock the user
 * first, as `sessions.open` does: of a sign-in with a password alone and a concurrent `confirmTotp`, either the session is
 * opened first and ended by the confirmation, or it is refused with `secondFactorMissing`.
 */
export interface SecondFactorStore {
  /** Returns the factors of a user. A factor that is not confirmed is included, even if it has expired. */
  find(request: { readonly userId: string }): Promise<SecondFactors>

  /**
   * Stores an authenticator app, replacing one that is not confirmed. `alreadySet`: the user has a confirmed one. Nothing is
   * written unless the outcome is `started`. `sessionEnded` takes precedence.
   */
  startTotp(request: StartTotp): Promise<{ readonly outcome: 'started' | 'alreadySet' | 'sessionEnded' }>

  /**
   * Confirms the authenticator app: `confirmedAt = now`, `lastStep = step`. The same step replaces the recovery codes and stores
   * the messages. It also increases the requesting session's generation by two, adds `totp` to its `methods` and sets its
   * `authenticatedAt` and `rotatedAt` to `now`; it ends every other session of the user, as `sessions.revokeAll` does. Nothing is
   * written unless the outcome is `confirmed`. If several outcomes apply, it is `stale`.
   */
  confirmTotp(request: ConfirmTotp): Promise<TotpConfirmation>

  /**
   * Removes the confirmed authenticator app. The same step removes the recovery codes, stores the messages and ends every other
   * session of the user, as `sessions.revokeAll` does. A factor that is not confirmed is `unknown`, and stays. Nothing is written
   * unless the outcome is `removed`. `sessionEnded` takes precedence.
   */
  removeTotp(request: RemoveTotp): Promise<SecondFactorRemoval>

  /**
   * Replaces all recovery codes of a user with a confirmed factor, and stores the messages. `unknown`: the user has none.
   * Nothing is written unless the outcome is `renewed`. `sessionEnded` takes precedence.
   */
  renewRecoveryCodes(request: RenewRecoveryCodes): Promise<{ readonly outcome: 'renewed' | 'sessionEnded' | 'unknown' }>

  /**
   * Removes all factors of a user, the one that is not confirmed included, and the recovery codes. The same step stores the
   * messages and ends every session of the user, as `sessions.revokeAll` does. `unknown`: the user is deleted, or has neither a
   * factor nor a code; nothing is written.
   */
  clear(request: ClearSecondFactors): Promise<Exclude<SecondFactorRemoval, { readonly outcome: 'sessionEnded' }>>
}

/** The methods of the storage that the second factor needs. */
export const secondFactorMethods = {
  secondFactors: ['find', 'startTotp', 'confirmTotp', 'removeTotp', 'renewRecoveryCodes', 'clear'],
} as const satisfies StorageMethods
