import type { AskingSession } from '../../storage/asking-session.js'
import type { EpochMilliseconds, SessionRecord, SignInMethod, UserRecord } from '../../storage/records.js'
import type { StorageMethods } from '../../storage/storage-methods.js'
import type { PresentedGeneration } from './classify-rotation.js'

/** The kinds of proofs, each with what it refers to. Each feature adds its kinds by declaration merging. */
// biome-ignore lint/suspicious/noEmptyInterface: features add the members
export interface ProofsByKind {}

/** A proof that a person is the user. It was verified above the port, and holds only if what it refers to still stands. */
export type Proof = { [Kind in keyof ProofsByKind]: { readonly kind: Kind } & ProofsByKind[Kind] }[keyof ProofsByKind]

/** A request to store the session of a sign-in. */
export interface OpenSession {
  readonly session: SessionRecord
  /** At most one of each kind. At least one of them is a first factor, such as a password. */
  readonly proofs: readonly Proof[]
  /** How many sessions the user may have stored, this one included. At least 1. */
  readonly maximumPerUser: number
}

/** The outcome of storing the session of a sign-in. */
export type SessionOpening =
  | {
      readonly outcome: 'opened'
      readonly user: UserRecord
      /** The sessions that the same step revoked, because the user had the maximum. */
      readonly revokedSessionIds: readonly string[]
    }
  /**
   * The user is deleted, or what a proof refers to has changed or is gone: the stored hash differs by now. Also if no proof is
   * a first factor, if two proofs are of one kind, or if the storage does not know the kind of one.
   */
  | { readonly outcome: 'stale' }
  /** A proof that is valid once was used before. */
  | { readonly outcome: 'spent' }
  /** The user has a confirmed second factor at this moment, and none of the proofs is one. */
  | { readonly outcome: 'secondFactorMissing' }
  /** The proofs hold, but the user is disabled. */
  | { readonly outcome: 'disabled' }

/** A request to add proofs to a session that goes on. */
export interface ReauthenticateSession {
  readonly sessionId: string
  readonly userId: string
  /** At least one, of any factor, and at most one of each kind. */
  readonly proofs: readonly Proof[]
  /** The methods of the proofs. */
  readonly methods: readonly SignInMethod[]
  /** The session's new `expiresAt`, before it is limited to its `absoluteExpiresAt`. */
  readonly idleExpiresAt: EpochMilliseconds
  readonly now: EpochMilliseconds
}

/** The outcome of adding proofs to a session. */
export type Reauthentication =
  | {
      readonly outcome: 'reauthenticated'
      readonly user: UserRecord
      /** The session with its new generation: two higher than before. */
      readonly session: SessionRecord
    }
  /** As in `SessionOpening`. */
  | { readonly outcome: 'stale' | 'spent' | 'secondFactorMissing' }
  /** The proofs hold, but the session is not a live session of this user. */
  | { readonly outcome: 'sessionEnded' }

/** A request to exchange a refresh token. */
export interface RotateSession extends PresentedGeneration {
  readonly sessionId: string
  /** The session's new `expiresAt`, before it is limited to its `absoluteExpiresAt`. */
  readonly idleExpiresAt: EpochMilliseconds
  /** Also records the superseded generation in the revocation feed, so its access tokens become invalid. */
  readonly recordSuperseded: boolean
  /** The client that presents the token. Stored in the session if the outcome is `rotated`. */
  readonly ip: string | null
  readonly userAgent: string | null
  /** Refuses, without writing anything, if the user's address is not confirmed. */
  readonly requireConfirmedEmail: boolean
}

/** The outcome of exchanging a refresh token. */
export type Rotation =
  /** The current session: `generation` is the one to issue. */
  | { readonly outcome: 'rotated' | 'repeated'; readonly session: SessionRecord; readonly user: UserRecord }
  /** The session as it was before its revocation. */
  | { readonly outcome: 'reused'; readonly session: SessionRecord }
  /** It would be `rotated` or `repeated`, but the address is not confirmed. Nothing is written. */
  | { readonly outcome: 'unconfirmed' }
  | { readonly outcome: 'unknown' }

/** A request for a page of the sessions of a user. */
export interface ListSessions {
  readonly userId: string
  readonly now: EpochMilliseconds
  /** Maximum number of sessions, those with the latest `rotatedAt` first (ties: by `id`, ascending). */
  readonly limit: number
  /** How many of these are skipped. */
  readonly offset: number
}

/** A page of sessions. */
export interface SessionPage {
  readonly items: readonly SessionRecord[]
  /** How many live sessions the user has. */
  readonly total: number
}

/** A request to end a session. */
export interface RevokeSession {
  readonly sessionId: string
  /** If given, the session is revoked only if it belongs to this user. */
  readonly userId?: string
  /** The requesting session. If it revokes itself (sign-out), it need not be live. */
  readonly asking?: AskingSession
  readonly now: EpochMilliseconds
}

/** The outcome of ending a session. */
export type SessionRevocation = { readonly outcome: 'revoked' | 'sessionEnded' | 'unknown' }

/** A request to end the sessions of a user. */
export interface RevokeAllSessions {
  readonly userId: string
  /** The requesting session, which stays. */
  readonly asking?: AskingSession
  readonly now: EpochMilliseconds
}

/** The outcome of ending the sessions of a user. */
export interface SessionsRevocation {
  readonly outcome: 'revoked' | 'sessionEnded'
  /** Empty unless the outcome is `revoked`. May include expired sessions. */
  readonly revokedSessionIds: readonly string[]
}

/**
 * Sessions of signed-in devices. Every method is one atomic step; none reads a clock. A session is *live* while it is stored
 * and `now < expiresAt`. Revoking removes it and records it in the revocation feed in the same step, so nothing can restore
 * it.
 */
export interface SessionStore {
  /**
   * Writes the session only if every proof holds, and sets the user's `lastSignInAt` to the session's `createdAt` in the same
   * step. Thus a sign-in fails if the password was changed or the user disabled a moment ago. The same step records that the
   * proofs are used, so of concurrent calls with a proof that is valid once, one gets `opened`. Nothing is written, and no
   * proof is used, unless the outcome is `opened`. If several outcomes apply, it is `stale` for a kind that is unknown or
   * occurs twice and for too few proofs, before any proof is checked. Then comes the first of `stale` and `spent` by the order
   * of the proofs, then `secondFactorMissing`, then `disabled`.
   *
   * If the user then has more than `maximumPerUser` sessions, the others with the earliest `rotatedAt` (ties: by `id`,
   * descending) are revoked in the same step, as by `revoke`. Expired sessions count while they are stored. If many more are
   * stored, because the maximum was greater before, a call may revoke only 1,000 of them.
   */
  open(request: OpenSession): Promise<SessionOpening>

  /**
   * Adds proofs to a live session of the user, if every proof holds: `authenticatedAt = now`, and `methods` are joined to the
   * session's by `joinMethods`. The same step increases the session's generation by two (`rotatedAt = now`), as
   * `users.changePassword` does, and records that the proofs are used. Nothing is written unless the outcome is
   * `reauthenticated`. If several outcomes apply, it is the first in the order of `open`, then `sessionEnded`.
   */
  reauthenticate(request: ReauthenticateSession): Promise<Reauthentication>

  /** Returns the live session; `null` if there is none. */
  find(request: { readonly sessionId: string; readonly now: EpochMilliseconds }): Promise<SessionRecord | null>

  /**
   * Exchanges one generation of the session's refresh token for the next. `classifyRotation` determines the outcome from the
   * stored session. The step is atomic with respect to every other rotation and revocation of the session.
   *
   * `rotated`: stored as `generation = presented + 1`, `rotatedAt = now`, `expiresAt = min(idleExpiresAt,
   * absoluteExpiresAt)`, with the `ip` and `userAgent` of the request. `repeated`: nothing is written. `reused`: the session is revoked, as by `revoke`. `unknown`:
   * nothing is written. With `requireConfirmedEmail`, a user whose `emailConfirmedAt` is `null` gets `unconfirmed` instead
   * of the first two.
   */
  rotate(request: RotateSession): Promise<Rotation>

  /** Returns a page of the user's live sessions. */
  list(request: ListSessions): Promise<SessionPage>

  /**
   * Ends one session. The same step discards a pending `changeEmail` token that this session requested, unless the session
   * revokes itself: the mailed link survives a sign-out, but not the revocation of an attacker's session. `unknown`: the
   * session does not exist or belongs to another user. An expired one may be either. `sessionEnded`: `asking` is another
   * session that is not a live session of the user, or of the named session's user.
   */
  revoke(request: RevokeSession): Promise<SessionRevocation>

  /**
   * Ends the user's sessions, except the requesting one. The same step discards a pending `changeEmail` token, unless the
   * requesting session requested it too. `sessionEnded`: `asking` is given, but is not a live session of the user.
   */
  revokeAll(request: RevokeAllSessions): Promise<SessionsRevocation>
}

/** The methods of the storage that sessions need. */
export const sessionMethods = {
  sessions: ['open', 'reauthenticate', 'find', 'rotate', 'list', 'revoke', 'revokeAll'],
} as const satisfies StorageMethods
