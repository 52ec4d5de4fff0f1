import { InvalidCredentialsError } from '../errors/index.js'
import type { Instant, UserRecord } from '../storage/storage.js'
import { acceptedEmail } from './accepted-email.js'
import { getMe } from './get-me.js'
import { mailedToken } from './mailed-token.js'
import type { Client, RoomsWithEmail } from './rooms.js'

export interface RequestEmailChange {
  readonly userId: string
  readonly sessionId: string
  readonly email: string
  readonly password: string
  readonly client: Client
  readonly now: Instant
}

/**
 * Where the new address is somebody's already, its owner is told, and the token goes to nobody. It is stored all the same:
 * were an earlier link of this user good still, that would tell that the address is taken.
 */
async function mailLetters(
  { storage, email: mail }: RoomsWithEmail,
  user: UserRecord,
  { email, sessionId, now }: { readonly email: string; readonly sessionId: string; readonly now: Instant },
): Promise<void> {
  const notice = mail.letters.write({ kind: 'emailChangeRequested', to: user.email }, { userId: user.id, now })
  const { token, message } = mailedToken(mail, { purpose: 'changeEmail', userId: user.id, email, sessionId, now })
  const owner = await storage.users.findByEmail({ email })
  const letter =
    owner === null ? message : mail.letters.write({ kind: 'addressTaken', to: owner.email }, { userId: owner.id, now })
  await storage.oneTimeTokens.issue({ token, messages: [letter, notice] })
}

/**
 * Mails a link to the new address, and a notice to the present one. Nothing changes until the link is confirmed.
 * @throws {InvalidCredentialsError} where the password is wrong. @throws {HashingBusyError} @throws {TooManyRequestsError}
 */
export async function requestEmailChange(
  rooms: RoomsWithEmail,
  { userId, sessionId, email: typed, password, client, now }: RequestEmailChange,
): Promise<void> {
  const email = acceptedEmail(typed)
  const user = await getMe(rooms, { userId })
  const about = { at: new Date(now).toISOString(), userId, sessionId, ...client }
  const check = () => rooms.passwords.verify(password, user.passwordHash)
  if (!(await rooms.limits.password({ userId, client }, check))) {
    rooms.emit({ name: 'authn_login_fail', reason: 'wrong_password', ...about })
    throw new InvalidCredentialsError()
  }
  await rooms.limits.mail({ purpose: 'changeEmail', email, userId, client })
  await mailLetters(rooms, user, { email, sessionId, now })
  rooms.email.wakeDelivery()
  rooms.emit({ name: 'user_updated', reason: 'email_change_requested', ...about })
}
