import type { EpochMilliseconds, OneTimeTokenRecord, PasswordHash, SessionRecord } from './records.js'

/**
 * The requesting session. A method that receives one checks it in its own step: unless the session is live at `now` and
 * belongs to the user, the outcome is `sessionEnded` and nothing is written. Omitted if the application itself makes the
 * request.
 */
export interface AskingSession {
  readonly sessionId: string
  readonly now: EpochMilliseconds
}

/**
 * A requesting session after the user has entered the password again. If the stored hash differs by now, the outcome is
 * `stale`.
 */
export interface AskingSessionWithPassword extends AskingSession {
  /** The hash that the password was just verified against. */
  readonly currentHash: PasswordHash
}

/**
 * Checks whether the stored session may act for this user. Pure: every adapter calls it within its step, with the session as
 * stored at that moment, or `null`.
 */
export function mayAsk(session: SessionRecord | null, userId: string, { now }: AskingSession): boolean {
  return session?.userId === userId && now < session.expiresAt
}

/** Returns the requesting session of a mailed token, at the token's creation time. */
export function askingOf({ sessionId, createdAt: now }: OneTimeTokenRecord): AskingSession | undefined {
  return sessionId === null ? undefined : { sessionId, now }
}
