import type { EpochMilliseconds, OneTimeTokenRecord, PasswordHash, SessionRecord } from './records.js'

/**
 * The requesting session. A method that receives one checks it in its own step. Unless the session is live at `now` and
 * belongs to the user, the outcome is `sessionEnded`, and the method writes nothing. Omitted if the application itself makes
 * the request.
 */
export interface AskingSession {
  readonly sessionId: string
  readonly now: EpochMilliseconds
}

/** A requesting session whose user has proven again who they are. */
export interface AskingSessionWithPassword extends AskingSession {
  /** The hash that the password was just verified against. If given, and the stored hash differs by now, the outcome is `stale`. */
  readonly currentHash?: PasswordHash
}

/**
 * Checks whether a stored session may act for a user. Pure: every adapter calls it within its atomic step.
 * @param session the session as stored at that moment, or `null`
 * @example
 * ```ts
 * import { mayAsk, type SessionRecord } from 'fast-auth/storage'
 *
 * declare const session: SessionRecord | null
 * const asking = { sessionId: 'f7c0…', now: Date.now() }
 * const outcome = mayAsk(session, userId, asking) ? 'deleted' : 'sessionEnded'
 * ```
 */
export function mayAsk(session: SessionRecord | null, userId: string, { now }: AskingSession): boolean {
  return session?.userId === userId && now < session.expiresAt
}

/**
 * Returns the requesting session of a mailed token, at the creation time of the token. `undefined` if no session requested it.
 * @param token the token to store
 * @example
 * ```ts
 * import { askingOf, mayAsk, type OneTimeTokenRecord, type SessionRecord } from 'fast-auth/storage'
 *
 * declare const token: OneTimeTokenRecord
 * declare const session: SessionRecord | null
 * const asking = askingOf(token)
 * const isAllowed = asking === undefined || mayAsk(session, token.userId, asking)
 * ```
 */
export function askingOf({ sessionId, createdAt: now }: OneTimeTokenRecord): AskingSession | undefined {
  return sessionId === null ? undefined : { sessionId, now }
}
