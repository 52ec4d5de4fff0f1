import type { EpochMilliseconds, OneTimeTokenRecord, PasswordHash, SessionRecord } from './records.js'

/**
 * The session that a client asks with. A method that is given one checks it in its own step: unless the session is live at
 * `now` and the user's own, the answer is `sessionEnded` and nothing is written. Leave it out if the application itself asks.
 */
export interface AskingSession {
  readonly sessionId: string
  readonly now: EpochMilliseconds
}

/** The same after the user has shown the password again: if the stored hash is another one by now, the answer is `stale`. */
export interface AskingSessionWithPassword extends AskingSession {
  /** The hash that the password was just verified against. */
  readonly currentHash: PasswordHash
}

/**
 * Whether the stored session may ask for something of this user's. Pure: every adapter calls it within its step, with the
 * session that is stored at that moment, or `null`.
 */
export function mayAsk(session: SessionRecord | null, userId: string, { now }: AskingSession): boolean {
  return session?.userId === userId && now < session.expiresAt
}

/** The session that has asked for a mailed token, at the moment that the token is made. */
export function askingOf({ sessionId, createdAt: now }: OneTimeTokenRecord): AskingSession | undefined {
  return sessionId === null ? undefined : { sessionId, now }
}
