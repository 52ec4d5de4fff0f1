import { EmailNotConfirmedError, InvalidCredentialsError } from '../errors/index.js'
import type { LoginFailReason } from '../events/auth-event.js'
import type { Rehash } from '../passwords/passwords.js'
import type { Instant, SessionOpening, SessionRecord, UserRecord } from '../storage/storage.js'
import { acceptedEmail } from './accepted-email.js'
import { askHook, tellHook } from './call-hook.js'
import { extraClaims } from './extra-claims.js'
import { newSession, type SignedIn, signedIn } from './open-session.js'
import { replaceHash } from './replace-hash.js'
import type { Client, Rooms } from './rooms.js'

export interface SignIn {
  readonly email: string
  readonly password: string
  readonly client: Client
  readonly now: Instant
}

/** A user whose password was right, and what is to become of its hash. */
interface Verified {
  readonly user: UserRecord
  readonly rehash: Rehash
}

interface Opened {
  readonly opening: SessionOpening
  readonly verified: Verified
}

/**
 * Opens the session if the verified hash still stands. Where it doesn't, another sign-in may just have put a better one in
 * its place, so the password is checked once more, against the hash that stands now.
 */
async function open(rooms: Rooms, session: SessionRecord, password: string, verified: Verified): Promise<Opened> {
  const attempt = async (candidate: Verified): Promise<Opened> => ({
    opening: await rooms.storage.sessions.open({ session, passwordHash: candidate.user.passwordHash }),
    verified: candidate,
  })
  const first = await attempt(verified)
  if (first.opening.outcome === 'opened') return first
  const user = await rooms.storage.users.find({ userId: verified.user.id })
  if (user === null) return first
  const check = await rooms.passwords.check(password, user.passwordHash)
  return check.isRight ? attempt({ user, rehash: check.rehash }) : first
}

/**
 * Opens a session for whoever knows the password. An unknown address costs the same one hash as a wrong password, and
 * gets the same answer. A hash that isn't made as new ones are is replaced, after the session is open.
 * @throws {InvalidCredentialsError} @throws {HashingBusyError}
 * @throws {EmailNotConfirmedError} @throws {SignInRefusedError} both only after a right password.
 */
export async function signIn(rooms: Rooms, { email, password, client, now }: SignIn): Promise<SignedIn> {
  const about = { at: new Date(now).toISOString(), ...client }
  const tell = (userId: string | null, reason: LoginFailReason) =>
    rooms.emit({ name: 'authn_login_fail', userId, sessionId: null, reason, ...about })
  const refused = (userId: string | null, reason: LoginFailReason) => {
    tell(userId, reason)
    return new InvalidCredentialsError()
  }

  const known = await rooms.storage.users.findByEmail({ email: acceptedEmail(email) })
  const check = await rooms.passwords.check(password, known?.passwordHash ?? null)
  if (known === null) throw refused(null, 'unknown_user')
  if (!check.isRight) throw refused(known.id, check.reason)
  if (rooms.email?.requireConfirmation === true && known.emailConfirmedAt === null) {
    tell(known.id, 'email_not_confirmed')
    throw new EmailNotConfirmedError()
  }

  await askHook(rooms, 'beforeSignIn', { user: known, client, now })
  const claims = await extraClaims(rooms, known)
  const session = newSession(known.id, client, rooms.sessionLifetimes, now)
  const { opening, verified } = await open(rooms, session, password, { user: known, rehash: check.rehash })
  if (opening.outcome !== 'opened') throw refused(known.id, 'password_changed_meanwhile')
  const event = { userId: known.id, sessionId: session.id, ...about }
  rooms.emit({ name: 'authn_login_success', ...event })
  await replaceHash(rooms, { verified: verified.user, rehash: verified.rehash, about: event })
  await tellHook(rooms, 'afterSignIn', { user: opening.user, sessionId: session.id, client, now })
  return signedIn(rooms, { user: opening.user, session, extraClaims: claims }, now)
}
