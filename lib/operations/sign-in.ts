import { EmailNotConfirmedError, InvalidCredentialsError } from '../errors/index.js'
import type { AuthEventReason } from '../events/auth-event.js'
import type { Instant } from '../storage/storage.js'
import { acceptedEmail } from './accepted-email.js'
import { extraClaims } from './extra-claims.js'
import { newSession, type SignedIn, signedIn } from './open-session.js'
import type { Client, Rooms } from './rooms.js'

export interface SignIn {
  readonly email: string
  readonly password: string
  readonly client: Client
  readonly now: Instant
}

/**
 * Opens a session for whoever knows the password. An unknown address costs the same one hash as a wrong password, and
 * gets the same answer.
 * @throws {InvalidCredentialsError} @throws {EmailNotConfirmedError} only after a right password. @throws {HashingBusyError}
 */
export async function signIn(rooms: Rooms, { email, password, client, now }: SignIn): Promise<SignedIn> {
  const about = { at: new Date(now).toISOString(), ...client }
  const tell = (userId: string | null, reason: AuthEventReason) =>
    rooms.emit({ name: 'authn_login_fail', userId, sessionId: null, reason, ...about })
  const refused = (userId: string | null, reason: AuthEventReason) => {
    tell(userId, reason)
    return new InvalidCredentialsError()
  }

  const known = await rooms.storage.users.findByEmail({ email: acceptedEmail(email) })
  const isRight = await rooms.passwords.verify(password, known?.passwordHash ?? null)
  if (known === null) throw refused(null, 'unknown_user')
  if (!isRight) throw refused(known.id, 'wrong_password')
  if (rooms.email?.requireConfirmation === true && known.emailConfirmedAt === null) {
    tell(known.id, 'email_not_confirmed')
    throw new EmailNotConfirmedError()
  }

  const claims = await extraClaims(rooms, known)
  const session = newSession(known.id, client, rooms.sessionLifetimes, now)
  const opening = await rooms.storage.sessions.open({ session, passwordHash: known.passwordHash })
  if (opening.outcome === 'stale') throw refused(known.id, 'password_changed_meanwhile')
  rooms.emit({ name: 'authn_login_success', userId: known.id, sessionId: session.id, ...about })
  return signedIn(rooms, { user: opening.user, session, extraClaims: claims }, now)
}
