import { randomUUID } from 'node:crypto'
import { UserExistsError } from '../errors/index.js'
import type { Instant, Profile, SessionRecord, UserCreation, UserRecord } from '../storage/storage.js'
import { acceptedEmail } from './accepted-email.js'
import { acceptedUsername } from './accepted-username.js'
import { askHook, tellHook, tellHookLater } from './call-hook.js'
import { extraClaims } from './extra-claims.js'
import { mailedToken } from './mailed-token.js'
import { newSession, type SignedIn, signedIn } from './open-session.js'
import { refuseUnfitProfile } from './refuse-unfit-profile.js'
import { refuseWeakPassword } from './refuse-weak-password.js'
import type { Client, Rooms } from './rooms.js'

export interface SignUp {
  readonly email: string
  readonly password: string
  /** As it was typed. Never there where addresses must be confirmed. */
  readonly username?: string
  /** As the application's schema lets a person give it: without the fields that are the server's to set. */
  readonly profile?: Profile
  readonly client: Client
  readonly now: Instant
}

type Asked = Pick<SignUp, 'client' | 'now'>

type NewUser = Pick<UserRecord, 'email' | 'username' | 'profile' | 'passwordHash'>

function newUser(user: NewUser, now: Instant): UserRecord {
  return { id: randomUUID(), emailConfirmedAt: null, createdAt: now, lastSignInAt: null, disabledAt: null, ...user }
}

/** One step: the user, their first session, and the letter that asks them to confirm; or a letter to the owner. */
async function create(
  { storage, email }: Rooms,
  { user, session, mayMail, now }: { user: UserRecord; session: SessionRecord | null; mayMail: boolean; now: Instant },
) {
  const mail = mayMail ? email : null
  if (mail === null) {
    return storage.users.create({ user, session, token: null, messages: [], messagesIfTaken: [] })
  }
  const about = { userId: user.id, email: user.email, sessionId: null, now }
  const { token, message } = mailedToken(mail, { purpose: 'confirmEmail', ...about })
  const notice = mail.letters.write({ kind: 'addressTaken', to: user.email }, { userId: null, now })
  const messagesIfTaken = mail.requireConfirmation ? [notice] : []
  const creation = await storage.users.create({ user, session, token, messages: [message], messagesIfTaken })
  mail.wakeDelivery()
  return creation
}

/** Whether a message may be written, which is the same whether or not the address is taken. */
async function countMessage({ email: mail, limits }: Rooms, email: string, client: Client): Promise<boolean> {
  if (mail === null) return false
  const { isAdmitted } = await limits.mail({ purpose: 'signUp', email, userId: null, client })
  return isAdmitted
}

function emitTaken({ emit }: Rooms, taken: Exclude<UserCreation['outcome'], 'created'>, { client, now }: Asked): void {
  const about = { at: new Date(now).toISOString(), userId: null, sessionId: null, ...client }
  emit({ name: 'user_create_fail', reason: taken === 'usernameTaken' ? 'username_taken' : 'email_taken', ...about })
}

/**
 * Creates a user, in one step with their first session. Where addresses must be confirmed it opens none, and the answer
 * is `null` whether or not the address was taken; its owner gets a letter. The password's rules come before the question
 * whether the address is taken, so does the hook `beforeSignUp`, and the password is hashed either way, so that neither
 * text nor time tells; for the same reason that answer doesn't wait for `afterSignUp`. Past the count of the address it
 * mails nothing, and otherwise does the same.
 * @throws {ValidationError} @throws {PasswordTooWeakError} @throws {SignUpRefusedError} @throws {UserExistsError}
 * @throws {TooManyRequestsError} @throws {HashingBusyError}
 */
export async function signUp(
  rooms: Rooms,
  { email: typedEmail, password, username: typedName, profile = {}, client, now }: SignUp,
): Promise<SignedIn | null> {
  refuseUnfitProfile(profile)
  const email = acceptedEmail(typedEmail)
  const username = typedName === undefined ? null : acceptedUsername(rooms, typedName)
  const owner = { email, username }
  await refuseWeakPassword(rooms, { password, owner, userId: null, sessionId: null, client, now })
  await askHook(rooms, 'beforeSignUp', { email, username, client, now })
  const mayMail = await countMessage(rooms, email, client)
  const passwordHash = await rooms.passwords.hash(password)
  const opensSession = rooms.email?.requireConfirmation !== true
  const stranger = newUser({ email, username, profile, passwordHash }, now)
  const user = opensSession ? { ...stranger, lastSignInAt: now } : stranger
  const session = opensSession ? newSession(user.id, client, rooms.sessionLifetimes, now) : null
  const claims = session === null ? {} : await extraClaims(rooms, user)
  const { outcome } = await create(rooms, { user, session, mayMail, now })
  if (outcome !== 'created') {
    emitTaken(rooms, outcome, { client, now })
    if (opensSession) throw new UserExistsError(outcome === 'usernameTaken' ? 'username' : 'email')
    return null
  }
  const about = { at: new Date(now).toISOString(), userId: user.id, ...client }
  rooms.emit({ name: 'user_created', sessionId: session?.id ?? null, ...about })
  const moment = { user, sessionId: session?.id ?? null, client, now }
  if (session === null) {
    tellHookLater(rooms, 'afterSignUp', moment)
    return null
  }
  rooms.emit({ name: 'authn_login_success', sessionId: session.id, ...about })
  await tellHook(rooms, 'afterSignUp', moment)
  return signedIn(rooms, { user, session, extraClaims: claims }, now)
}
