import type { AskingSession } from './asking-session.js'
import type { PresentedGeneration } from './classify-rotation.js'
import type { EpochMilliseconds, PasswordHash, SessionRecord, UserRecord } from './records.js'

export interface OpenSession {
  readonly session: SessionRecord
  /** The hash that the password was just verified against. */
  readonly passwordHash: PasswordHash
}

export type SessionOpening =
  | { readonly outcome: 'opened'; readonly user: UserRecord }
  /** The user is gone, or the stored hash is another one by now. */
  | { readonly outcome: 'stale' }
  /** The hash still stands, but the user is disabled. */
  | { readonly outcome: 'disabled' }

export interface RotateSession extends PresentedGeneration {
  readonly sessionId: string
  /** The session's new `expiresAt`, before it is capped by its `absoluteExpiresAt`. */
  readonly idleExpiresAt: EpochMilliseconds
  /** Also put the generation that ends here into the revocation feed, so that its access tokens die with it. */
  readonly recordSuperseded: boolean
  /** Refuse, without writing anything, where the user's address is not proven. */
  readonly requireConfirmedEmail: boolean
}

export type Rotation =
  /** The session as it is now: `generation` is the one to hand out. */
  | { readonly outcome: 'rotated' | 'repeated'; readonly session: SessionRecord; readonly user: UserRecord }
  /** The session as it was: it is revoked. */
  | { readonly outcome: 'reused'; readonly session: SessionRecord }
  /** It would be `rotated` or `repeated`, but the address is not proven. Nothing is written. */
  | { readonly outcome: 'unconfirmed' }
  | { readonly outcome: 'unknown' }

export interface ListSessions {
  readonly userId: string
  readonly now: EpochMilliseconds
  /** At most this many, those with the latest `rotatedAt` first (ties: by `id`, ascending). */
  readonly limit: number
}

export interface RevokeSession {
  readonly sessionId: string
  /** When given, only if the session is this user's. */
  readonly userId?: string
  /** A session that names itself signs out: it need not be live. */
  readonly asking?: AskingSession
  readonly now: EpochMilliseconds
}

export type SessionRevocation = { readonly outcome: 'revoked' | 'sessionEnded' | 'unknown' }

export interface RevokeAllSessions {
  readonly userId: string
  /** This session stays. */
  readonly asking?: AskingSession
  readonly now: EpochMilliseconds
}

export interface SessionsRevocation {
  readonly outcome: 'revoked' | 'sessionEnded'
  /** Empty unless the answer is `revoked`. Expired sessions may be among them. */
  readonly revokedSessionIds: readonly string[]
}

/**
 * Signed-in devices. Every method is one all-or-nothing step; none reads a clock. A session is *live* while it is stored
 * and `now < expiresAt`. Revoking removes it and puts it into the revocation feed in the same step, so nothing can bring
 * it back.
 */
export interface SessionStore {
  /**
   * Writes the session only if `passwordHash` is still the user's, and sets their `lastSignInAt` to the session's
   * `createdAt` in the same step: a password changed a moment ago lets nobody in with the old one, and a user disabled a
   * moment ago doesn't get in. Nothing is written unless the answer is `opened`.
   */
  open(request: OpenSession): Promise<SessionOpening>

  /** The live session, or `null`. */
  find(request: { readonly sessionId: string; readonly now: EpochMilliseconds }): Promise<SessionRecord | null>

  /**
   * Trades one generation of the session's refresh token for the next. The outcome is what `classifyRotation` says of
   * the stored session; the step is atomic against every other rotation and revocation of the same session.
   *
   * `rotated`: stored as `generation = presented + 1`, `rotatedAt = now`, `expiresAt = min(idleExpiresAt, absoluteExpiresAt)`.
   * `repeated`: nothing is written. `reused`: the session is revoked, as by `revoke`. `unknown`: nothing is written. With
   * `requireConfirmedEmail`, a user whose `emailConfirmedAt` is `null` gets `unconfirmed` instead of the first two.
   */
  rotate(request: RotateSession): Promise<Rotation>

  /** The user's live sessions. */
  list(request: ListSessions): Promise<readonly SessionRecord[]>

  /**
   * Ends one session. In the same step a pending `changeEmail` token that this session has asked for is discarded, unless
   * the session names itself: a user who signs out still opens the mailed link, an attacker whose session is revoked does not.
   * `unknown`: there is no such session, or it is not this user's. An expired one may be either. `sessionEnded`: `asking` is
   * another session, and is not a live one of the user's, or of the named session's user.
   */
  revoke(request: RevokeSession): Promise<SessionRevocation>

  /**
   * Ends the user's sessions, all but the one that asks. In the same step a pending `changeEmail` token is discarded unless
   * the session that asks has asked for it too. `sessionEnded`: `asking` is given, and is not a live session of the user's.
   */
  revokeAll(request: RevokeAllSessions): Promise<SessionsRevocation>
}
