import type { AskingSession } from '../../storage/asking-session.js'
import type { EpochMilliseconds, PasswordHash, SessionRecord, UserRecord } from '../../storage/records.js'
import type { StorageMethods } from '../../storage/storage-methods.js'
import type { PresentedGeneration } from './classify-rotation.js'

/** A request to store the session of a sign-in. */
export interface OpenSession {
  readonly session: SessionRecord
  /** The hash that the password was just verified against. */
  readonly passwordHash: PasswordHash
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
  /** The user is deleted, or the stored hash differs by now. */
  | { readonly outcome: 'stale' }
  /** The hash is current, but the user is disabled. */
  | { readonly outcome: 'disabled' }

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
   * Writes the session only if `passwordHash` is still the user's, and sets their `lastSignInAt` to the session's
   * `createdAt` in the same step. Thus a sign-in fails if the password was changed or the user disabled a moment ago.
   * Nothing is written unless the outcome is `opened`.
   *
   * If the user then has more than `maximumPerUser` sessions, the others with the earliest `rotatedAt` (ties: by `id`,
   * descending) are revoked in the same step, as by `revoke`. Expired sessions count while they are stored. If many more are
   * stored, because the maximum was greater before, a call may revoke only 1,000 of them.
   */
  open(request: OpenSession): Promise<SessionOpening>

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
  sessions: ['open', 'find', 'rotate', 'list', 'revoke', 'revokeAll'],
} as const satisfies StorageMethods
