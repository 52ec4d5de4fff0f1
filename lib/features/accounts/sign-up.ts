import { randomUUID } from 'node:crypto'
import { UserExistsError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import { runAfterHook, runAfterHookLater, runBeforeHook } from '../../hooks/call-hook.js'
import type {
  EpochMilliseconds,
  OutboxMessageRecord,
  Profile,
  SessionRecord,
  UserRecord,
} from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import type { Dependencies } from '../dependencies.js'
import { acceptedEmail } from '../email/accepted-email.js'
import { mailedToken } from '../email/mailed-token.js'
import { refuseWeakPassword } from '../passwords/refuse-weak-password.js'
import { extraClaims } from '../sessions/extra-claims.js'
import { issueTokens, newSession } from '../sessions/issue-tokens.js'
import { acceptedUsername } from './accepted-username.js'
import type { UserCreation } from './port.js'
import { refuseUnfitProfile } from './refuse-unfit-profile.js'

export interface SignUp {
  readonly email: string
  readonly password: string
  /** As typed. Never present if addresses must be confirmed. */
  readonly username?: string
  /** As the application's schema allows: without the fields that only the server sets. */
  readonly profile?: Profile
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

type Asked = Pick<SignUp, 'client' | 'now'>

type NewUser = Pick<UserRecord, 'email' | 'username' | 'profile' | 'passwordHash'>

function newUser(user: NewUser, now: EpochMilliseconds): UserRecord {
  return { id: randomUUID(), emailConfirmedAt: null, createdAt: now, lastSignInAt: null, disabledAt: null, ...user }
}

/**
 * In one step: creates the user, their first session and the confirmation message; or the message to the owner. If no message
 * may be sent, stores a decoy instead, so that the step takes as long.
 */
async function create(
  { storage, email }: Pick<Dependencies, 'email' | 'storage'>,
  {
    user,
    session,
    mayMail,
    now,
  }: { user: UserRecord; session: SessionRecord | null; mayMail: boolean; now: EpochMilliseconds },
) {
  if (email === null) {
    return storage.users.create({ user, session, token: null, messages: [], messagesIfTaken: [] })
  }
  const about = { userId: user.id, email: user.email, sessionId: null, now }
  const { messageWriter, requireConfirmation } = email
  const { token, message } = mailedToken(email, { purpose: 'confirmEmail', ...about })
  const notice = messageWriter.write({ kind: 'addressTaken', to: user.email }, { userId: null, now })
  const sendable = (one: OutboxMessageRecord) => (mayMail ? one : messageWriter.writeDecoy(now))
  const messagesIfTaken = requireConfirmation ? [sendable(notice)] : []
  const creation = await storage.users.create({ user, session, token, messages: [sendable(message)], messagesIfTaken })
  email.notifyDelivery()
  return creation
}

/** Counts the message; the result does not depend on whether the address is taken. */
async function countMessage(
  { email: mail, limits }: Pick<Dependencies, 'email' | 'limits'>,
  email: string,
  client: RequestOrigin,
): Promise<boolean> {
  if (mail === null) return false
  const { isAdmitted } = await limits.mail({ purpose: 'signUp', email, userId: null, client })
  return isAdmitted
}

function emitTaken(
  { emit }: Pick<Dependencies, 'emit'>,
  taken: Exclude<UserCreation['outcome'], 'created'>,
  { client, now }: Asked,
): void {
  const context = eventContext({ userId: null, sessionId: null, client, now })
  emit({ name: 'user_create_fail', reason: taken === 'usernameTaken' ? 'username_taken' : 'email_taken', ...context })
}

/**
 * Creates a user and, in the same step, their first session. If addresses must be confirmed, it creates no session and returns
 * `null`, whether or not the address is taken; an existing owner gets a message. The password's rules and the hook
 * `beforeSignUp` come before the lookup of the address, and the password is always hashed: neither answer nor time reveals an
 * account. For the same reason that answer does not wait for `afterSignUp`. Above the limit for an address it sends no
 * message and otherwise does the same.
 * @throws {ValidationError} @throws {PasswordTooWeakError} @throws {SignUpRefusedError} @throws {UserExistsError}
 * @throws {TooManyRequestsError} @throws {HashingBusyError}
 */
export async function signUp(
  dependencies: Pick<
    Dependencies,
    | 'accessTokens'
    | 'breachedPasswords'
    | 'claimsHook'
    | 'email'
    | 'emit'
    | 'hasRefreshTokens'
    | 'hooks'
    | 'limits'
    | 'passwordPolicy'
    | 'passwords'
    | 'refreshTokens'
    | 'reservedUsernames'
    | 'hasReauthentication'
    | 'sessionLifetimes'
    | 'storage'
  >,
  { email: typedEmail, password, username: typedName, profile = {}, client, now }: SignUp,
): Promise<IssuedTokens | null> {
  refuseUnfitProfile(profile)
  const email = acceptedEmail(typedEmail)
  const username = typedName === undefined ? null : acceptedUsername(dependencies, typedName)
  const owner = { email, username }
  await refuseWeakPassword(dependencies, { password, owner, userId: null, sessionId: null, client, now })
  await runBeforeHook(dependencies, 'beforeSignUp', { email, username, client, now })
  const mayMail = await countMessage(dependencies, email, client)
  const passwordHash = await dependencies.passwords.hash(password, { client, knownUserId: null })
  const opensSession = dependencies.email?.requireConfirmation !== true
  const stranger = newUser({ email, username, profile, passwordHash }, now)
  const user = opensSession ? { ...stranger, lastSignInAt: now } : stranger
  const session = opensSession
    ? newSession(dependencies.sessionLifetimes, { userId: user.id, methods: ['password'], client, now })
    : null
  const claims = session === null ? {} : await extraClaims(dependencies, user)
  const { outcome } = await create(dependencies, { user, session, mayMail, now })
  if (outcome !== 'created') {
    emitTaken(dependencies, outcome, { client, now })
    if (opensSession) throw new UserExistsError(outcome === 'usernameTaken' ? 'username' : 'email')
    return null
  }
  const context = eventContext({ userId: user.id, sessionId: session?.id ?? null, client, now })
  dependencies.emit({ name: 'user_created', ...context })
  const hookInput = { user, sessionId: session?.id ?? null, client, now }
  if (session === null) {
    runAfterHookLater(dependencies, 'afterSignUp', hookInput)
    return null
  }
  dependencies.emit({ name: 'authn_login_success', ...context, sessionId: session.id })
  await runAfterHook(dependencies, 'afterSignUp', hookInput)
  return issueTokens(dependencies, { user, session, extraClaims: claims }, now)
}
