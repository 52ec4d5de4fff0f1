import { randomUUID } from 'node:crypto'
import { UserExistsError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import { runAfterHook, runAfterHookLater, runBeforeHook } from '../../hooks/call-hook.js'
import type {
  CurrentOrganization,
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
import type { InvitedSignUp } from '../invited-sign-up-source.js'
import { refuseWeakPassword } from '../passwords/refuse-weak-password.js'
import { extraClaims } from '../sessions/extra-claims.js'
import { issueTokens, newSession } from '../sessions/issue-tokens.js'
import { acceptedUsername } from './accepted-username.js'
import type { UserAdditions, UserCreation } from './port.js'
import { refuseUnfitProfile } from './refuse-unfit-profile.js'

export interface SignUp {
  readonly email: string
  readonly password: string
  /** As typed. Never present if addresses must be confirmed. */
  readonly username?: string
  /** As the application's schema allows: without the fields that only the server sets. */
  readonly profile?: Profile
  /** The token of an invitation to this address, which it proves. Only with organisations. */
  readonly invitationToken?: string
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

type Asked = Pick<SignUp, 'client' | 'now'>

type NewUser = Pick<UserRecord, 'email' | 'emailConfirmedAt' | 'username' | 'profile' | 'passwordHash'>

function newUser(user: NewUser, now: EpochMilliseconds): UserRecord {
  return { id: randomUUID(), createdAt: now, lastSignInAt: null, disabledAt: null, ...user }
}

interface NewAccount {
  readonly user: UserRecord
  readonly session: SessionRecord | null
  readonly mayMail: boolean
  readonly additions: UserAdditions
  readonly invited: InvitedSignUp | null
  readonly now: EpochMilliseconds
}

/**
 * In one step: creates the user, their first session and the confirmation message; or the message to the owner. If no message
 * may be sent, stores a decoy instead, so that the step takes as long. An invitation needs no message: its token is the proof.
 */
async function create(
  { storage, email }: Pick<Dependencies, 'email' | 'storage'>,
  { user, session, mayMail, additions, invited, now }: NewAccount,
): Promise<UserCreation> {
  const bare = { user, session, token: null, messages: [], messagesIfTaken: [], additions }
  if (invited !== null) return invited.create(bare)
  if (email === null) return storage.users.create(bare)
  const about = { userId: user.id, email: user.email, sessionId: null, now }
  const { messageWriter, requireConfirmation } = email
  const { token, message } = mailedToken(email, { purpose: 'confirmEmail', ...about })
  const notice = messageWriter.write({ kind: 'addressTaken', to: user.email }, { userId: null, now })
  const sendable = (one: OutboxMessageRecord) => (mayMail ? one : messageWriter.writeDecoy(now))
  const messagesIfTaken = requireConfirmation ? [sendable(notice)] : []
  const creation = await storage.users.create({ ...bare, token, messages: [sendable(message)], messagesIfTaken })
  email.notifyDelivery()
  return creation
}

/** Returns the organisation in which the session of a new user acts: that of the invitation, or the personal one. */
function firstOrganization(invited: InvitedSignUp | null, additions: UserAdditions): CurrentOrganization | null {
  const { personalOrganization } = additions
  if (invited !== null) return invited.organization
  return personalOrganization === undefined ? null : { id: personalOrganization.id, role: 'owner' }
}

/**
 * Returns the live invitation of a new user; `null` if the request has none. The schema has the token only with organisations.
 * @throws {OneTimeTokenInvalidError}
 */
async function invitationOf(
  { invitedSignUp }: Pick<Dependencies, 'invitedSignUp'>,
  token: string | undefined,
  email: string,
  now: EpochMilliseconds,
): Promise<InvitedSignUp | null> {
  if (token === undefined || invitedSignUp === null) return null
  return invitedSignUp.find(token, email, now)
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

/** Returns the records of a new account; stores nothing. */
function newAccount(
  { additionsOf, sessionLifetimes }: Pick<Dependencies, 'additionsOf' | 'sessionLifetimes'>,
  person: NewUser,
  {
    opensSession,
    invited,
    client,
    now,
  }: Asked & { readonly opensSession: boolean; readonly invited: InvitedSignUp | null },
): Pick<NewAccount, 'user' | 'session' | 'additions'> {
  const stranger = newUser(person, now)
  const user = opensSession ? { ...stranger, lastSignInAt: now } : stranger
  const additions = additionsOf(user)
  const opening = { userId: user.id, methods: ['password'], client, now } as const
  const organization = firstOrganization(invited, additions)
  return { user, additions, session: opensSession ? newSession(sessionLifetimes, { ...opening, organization }) : null }
}

/**
 * Creates a user and, in the same step, their first session. If addresses must be confirmed, it creates no session and returns
 * `null`, whether or not the address is taken; an existing owner gets a message. The password's rules and the hook
 * `beforeSignUp` come before the lookup of the address, and the password is always hashed: neither answer nor time reveals an
 * account. For the same reason that answer does not wait for `afterSignUp`. Above the limit for an address it sends no
 * message and otherwise does the same.
 *
 * With an invitation, its mailed token has proven the address: the account is confirmed, a session begins, and the user is a member.
 * @throws {ValidationError} @throws {PasswordTooWeakError} @throws {SignUpRefusedError} @throws {UserExistsError}
 * @throws {OneTimeTokenInvalidError} @throws {OrganizationFullError} both only with an invitation.
 * @throws {TooManyRequestsError} @throws {HashingBusyError}
 */
export async function signUp(
  dependencies: Pick<
    Dependencies,
    | 'accessTokens'
    | 'additionsOf'
    | 'breachedPasswords'
    | 'claimsHook'
    | 'email'
    | 'emit'
    | 'hasOrganizations'
    | 'hasRefreshTokens'
    | 'hooks'
    | 'invitedSignUp'
    | 'limits'
    | 'passwordPolicy'
    | 'passwords'
    | 'refreshTokens'
    | 'reservedUsernames'
    | 'hasReauthentication'
    | 'sessionLifetimes'
    | 'storage'
  >,
  { email: typedEmail, password, username: typedName, profile = {}, invitationToken, client, now }: SignUp,
): Promise<IssuedTokens | null> {
  refuseUnfitProfile(profile)
  const email = acceptedEmail(typedEmail)
  const username = typedName === undefined ? null : acceptedUsername(dependencies, typedName)
  const owner = { email, username }
  await refuseWeakPassword(dependencies, { password, owner, userId: null, sessionId: null, client, now })
  await runBeforeHook(dependencies, 'beforeSignUp', { email, username, client, now })
  const invited = await invitationOf(dependencies, invitationToken, email, now)
  const mayMail = invited === null && (await countMessage(dependencies, email, client))
  const passwordHash = await dependencies.passwords.hash(password, { client, knownUserId: null })
  const isConfirmationDue = invited === null && dependencies.email?.requireConfirmation === true
  const person = { email, username, profile, passwordHash, emailConfirmedAt: invited === null ? null : now }
  const account = newAccount(dependencies, person, { opensSession: !isConfirmationDue, invited, client, now })
  const { user, session } = account
  const claims = session === null ? {} : await extraClaims(dependencies, user, session.organization)
  const { outcome } = await create(dependencies, { ...account, mayMail, invited, now })
  if (outcome !== 'created') {
    emitTaken(dependencies, outcome, { client, now })
    if (!isConfirmationDue) throw new UserExistsError(outcome === 'usernameTaken' ? 'username' : 'email')
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
  await invited?.joined({ userId: user.id, sessionId: session.id, client, now })
  return issueTokens(dependencies, { user, session, extraClaims: claims }, now)
}
