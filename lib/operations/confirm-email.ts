import { OneTimeTokenInvalidError } from '../errors/index.js'
import { tellHook } from './call-hook.js'
import { hashOfOwnToken, type PresentedTokenWithPassword } from './hash-of-own-token.js'
import type { RoomsWithEmail } from './rooms.js'

/**
 * Proves the address that a token was mailed to, for the person who also knows the password of the account. Opens no session.
 * @throws {OneTimeTokenInvalidError} @throws {InvalidCredentialsError} The password is wrong; the token stays good.
 * @throws {TooManyRequestsError} @throws {HashingBusyError}
 */
export async function confirmEmail(rooms: RoomsWithEmail, presented: PresentedTokenWithPassword): Promise<void> {
  const { client, now } = presented
  const hash = await hashOfOwnToken(rooms, presented, 'confirmEmail')
  const confirmation = await rooms.storage.oneTimeTokens.confirmEmail({ hash, now })
  if (confirmation.outcome === 'invalid') throw new OneTimeTokenInvalidError()
  const about = { at: new Date(now).toISOString(), userId: confirmation.user.id, sessionId: null, ...client }
  rooms.emit({ name: 'user_updated', reason: 'email_confirmed', ...about })
  await tellHook(rooms, 'afterEmailConfirm', { user: confirmation.user, reason: 'email_confirmed', client, now })
}
