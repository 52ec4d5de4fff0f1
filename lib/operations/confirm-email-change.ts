import { OneTimeTokenInvalidError } from '../errors/index.js'
import { tellHook, tellSessionsEnded } from './call-hook.js'
import { hashOfOwnToken, type PresentedTokenWithPassword } from './hash-of-own-token.js'
import type { RoomsWithEmail } from './rooms.js'

/**
 * Gives the user the address that a token was mailed to, if the person also knows the password of the account. Every
 * session ends except the one that asked for it.
 * @throws {OneTimeTokenInvalidError} also if another user has the address by now.
 * @throws {InvalidCredentialsError} The password is wrong; the token stays good.
 * @throws {TooManyRequestsError} @throws {HashingBusyError}
 */
export async function confirmEmailChange(rooms: RoomsWithEmail, presented: PresentedTokenWithPassword): Promise<void> {
  const { client, now } = presented
  const hash = await hashOfOwnToken(rooms, presented, 'changeEmail')
  const change = await rooms.storage.oneTimeTokens.changeEmail({ hash, now })
  if (change.outcome !== 'changed') throw new OneTimeTokenInvalidError()
  rooms.revokedSessions.add(change.revokedSessionIds, now)
  const about = { at: new Date(now).toISOString(), userId: change.user.id, ...client }
  rooms.emit({ name: 'user_updated', sessionId: null, reason: 'email_changed', ...about })
  for (const sessionId of change.revokedSessionIds) {
    rooms.emit({ name: 'authn_token_revoked', sessionId, reason: 'email_changed', ...about })
  }
  const moment = { reason: 'email_changed', client, now } as const
  await tellHook(rooms, 'afterEmailConfirm', { user: change.user, ...moment })
  await tellSessionsEnded(rooms, change.revokedSessionIds, { userId: change.user.id, ...moment })
}
