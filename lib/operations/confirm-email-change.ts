import { OneTimeTokenInvalidError } from '../errors/index.js'
import { tellHook, tellSessionsEnded } from './call-hook.js'
import type { PresentedToken } from './confirm-email.js'
import { presentedHash } from './mailed-token.js'
import type { RoomsWithEmail } from './rooms.js'

/**
 * Gives the user the address that a token was mailed to. Every session ends but the one that asked for it.
 * @throws {OneTimeTokenInvalidError} also where somebody else has the address by now.
 */
export async function confirmEmailChange(rooms: RoomsWithEmail, { token, client, now }: PresentedToken): Promise<void> {
  const change = await rooms.storage.oneTimeTokens.changeEmail({ hash: presentedHash(token), now })
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
