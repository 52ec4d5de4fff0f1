import { InvalidCredentialsError, SessionRevokedError } from '../errors/index.js'
import type { Instant } from '../storage/storage.js'
import { getMe } from './get-me.js'
import { removeUser } from './remove-user.js'
import type { Client, Rooms } from './rooms.js'

export interface DeleteMe {
  readonly userId: string
  /** The session that asks. */
  readonly sessionId: string
  readonly password: string
  readonly client: Client
  readonly now: Instant
}

/**
 * Deletes the account of whoever knows its password, with everything that is theirs, in one step. This process refuses
 * their access tokens and API keys from then on. The address is free, and whoever signs up with it gets another id, which
 * nothing from before names. Of several deletions at once one happens; to the others the account is gone already.
 * @throws {InvalidCredentialsError} where the password is wrong. @throws {SessionRevokedError} @throws {HashingBusyError} @throws {TooManyRequestsError}
 */
export async function deleteMe(rooms: Rooms, { userId, sessionId, password, client, now }: DeleteMe): Promise<void> {
  const about = { at: new Date(now).toISOString(), userId, ...client }
  const user = await getMe(rooms, { userId })
  const check = () => rooms.passwords.verify(password, user.passwordHash)
  if (!(await rooms.limits.password({ userId, client }, check))) {
    rooms.emit({ name: 'authn_login_fail', sessionId, reason: 'wrong_password', ...about })
    throw new InvalidCredentialsError()
  }
  const { outcome } = await removeUser(rooms, { user, sessionId, client, now })
  if (outcome === 'unknown') {
    rooms.revokedSessions.add([sessionId], now)
    throw new SessionRevokedError()
  }
}
