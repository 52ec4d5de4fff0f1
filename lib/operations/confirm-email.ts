import { OneTimeTokenInvalidError } from '../errors/index.js'
import type { Instant } from '../storage/storage.js'
import { tellHook } from './call-hook.js'
import { presentedHash } from './mailed-token.js'
import type { Client, RoomsWithEmail } from './rooms.js'

export interface PresentedToken {
  readonly token: string
  readonly client: Client
  readonly now: Instant
}

/** Proves the address that a token was mailed to. Signs nobody in. @throws {OneTimeTokenInvalidError} */
export async function confirmEmail(rooms: RoomsWithEmail, { token, client, now }: PresentedToken): Promise<void> {
  const confirmation = await rooms.storage.oneTimeTokens.confirmEmail({ hash: presentedHash(token), now })
  if (confirmation.outcome === 'invalid') throw new OneTimeTokenInvalidError()
  const about = { at: new Date(now).toISOString(), userId: confirmation.user.id, sessionId: null, ...client }
  rooms.emit({ name: 'user_updated', reason: 'email_confirmed', ...about })
  await tellHook(rooms, 'afterEmailConfirm', { user: confirmation.user, reason: 'email_confirmed', client, now })
}
