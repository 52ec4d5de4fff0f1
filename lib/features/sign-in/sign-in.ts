import {
  EmailNotConfirmedError,
  InvalidCredentialsError,
  UserDisabledError,
  ValidationError,
} from '../../errors/index.js'
import type { LoginFailReason } from '../../events/auth-event.js'
import { eventContext } from '../../events/event-context.js'
import type { HashOrigin } from '../../hashing/hash-origin.js'
import type { PasswordCheck, Rehash } from '../../hashing/passwords.js'
import { runAfterHook, runBeforeHook } from '../../hooks/call-hook.js'
import type { GuessingDevice } from '../../limits/limits.js'
import type { EpochMilliseconds, PasswordHash, SessionRecord, UserRecord } from '../../storage/records.js'
import type { RequestOrigin } from '../../telemetry/request-origin.js'
import type { DeviceToken } from '../../tokens/device-token.js'
import type { IssuedTokens } from '../../tokens/issued-tokens.js'
import { canonicalUsername } from '../../usernames/canonical-username.js'
import type { Dependencies } from '../dependencies.js'
import { acceptedEmail } from '../email/accepted-email.js'
import { replaceHash } from '../passwords/replace-hash.js'
import { extraClaims } from '../sessions/extra-claims.js'
import { issueTokens, newSession } from '../sessions/issue-tokens.js'
import type { SessionOpening } from '../sessions/port.js'
import { sessionsEnded } from '../sessions/sessions-ended.js'

/** The user's identifier: exactly one of the two. */
interface Identity {
  readonly email?: string
  readonly username?: string
}

export interface SignIn extends Identity {
  readonly password: string
  /** The known devices that the request names, of any users. */
  readonly devices?: readonly DeviceToken[]
  readonly client: RequestOrigin
  readonly now: EpochMilliseconds
}

/** The identifier as typed, and its account. */
interface Account {
  /** In its canonical form. */
  readonly name: string
  find(): Promise<UserRecord | null>
}

/**
 * Always performs exactly one lookup: input that is not a valid user name is looked up verbatim, so it takes as long as an
 * unknown one.
 */
function accountOf(
  { storage: { users } }: Pick<Dependencies, 'storage'>,
  { email: typed, username: typedName }: Identity,
): Account {
  if (typed !== undefined && typedName === undefined) {
    const email = acceptedEmail(typed)
    return { name: `email ${email}`, find: () => users.findByEmail({ email }) }
  }
  if (typedName !== undefined && typed === undefined) {
    const username = canonicalUsername(typedName) ?? typedName
    return { name: `username ${username}`, find: () => users.findByUsername({ username }) }
  }
  throw new ValidationError(null, 'oneOf', 'must have either "email" or "username", and not both')
}

interface Checked {
  readonly isRight: boolean
  readonly origin: HashOrigin
  readonly known: UserRecord | null
  readonly check: PasswordCheck
}

/** Returns whether the address was not confirmed later: before, a device may belong to an attacker who signed up with the address. */
function isSinceProof({ issuedAt }: DeviceToken, { emailConfirmedAt }: UserRecord): boolean {
  return emailConfirmedAt === null || issuedAt >= emailConfirmedAt
}

/** Returns the device if it is one of this user's, or `null`. A new password ends the devices of an old one. */
function ownDevice(devices: readonly DeviceToken[], owner: UserRecord | null | undefined): GuessingDevice | null {
  if (!owner) return null
  const { id: userId, passwordHash } = owner
  const own = devices.filter(device => device.userId === userId && isSinceProof(device, owner))
  const current = own.find(device => device.standing(passwordHash) === 'current')
  if (current !== undefined) return { userId, deviceId: current.deviceId }
  return own.some(device => device.standing(passwordHash) === 'perhaps') ? { userId, deviceId: null } : null
}

/**
 * Checks the password, unless there were too many wrong ones. Attempts count against the typed identifier, so an account that
 * does not exist has the same count; on a known device of this account they count against that device alone.
 */
async function checkPassword(
  dependencies: Pick<Dependencies, 'limits' | 'passwords' | 'storage'>,
  { password, devices = [], client, ...identity }: SignIn,
): Promise<Checked> {
  const { name: account, find } = accountOf(dependencies, identity)
  const owner = devices.length === 0 ? undefined : await find()
  const device = ownDevice(devices, owner)
  const origin = { client, knownUserId: device?.userId ?? null }
  return dependencies.limits.signIn({ account, device, client }, async () => {
    const known = owner === undefined ? await find() : owner
    const check = await dependencies.passwords.check(password, known?.passwordHash ?? null, origin)
    return { isRight: known !== null && check.isRight, origin, known, check }
  })
}

/** A user whose password was right, the hash that it was verified against, and whether to replace that hash. */
interface Verified {
  readonly origin: HashOrigin
  readonly user: UserRecord
  readonly hash: PasswordHash
  readonly rehash: Rehash
}

interface Opened {
  readonly opening: SessionOpening
  readonly verified: Verified
}

/**
 * Creates the session if the verified hash is still stored. If not, a concurrent sign-in may have replaced it with a better
 * one: the password is checked once more, against the hash that is stored now.
 */
async function open(
  dependencies: Pick<Dependencies, 'maximumSessionsPerUser' | 'passwords' | 'storage'>,
  session: SessionRecord,
  password: string,
  verified: Verified,
): Promise<Opened> {
  const attempt = async (candidate: Verified): Promise<Opened> => ({
    opening: await dependencies.storage.sessions.open({
      session,
      proofs: [{ kind: 'password', hash: candidate.hash }],
      maximumPerUser: dependencies.maximumSessionsPerUser,
    }),
    verified: candidate,
  })
  const first = await attempt(verified)
  if (first.opening.outcome !== 'stale') return first
  const user = await dependencies.storage.users.find({ userId: verified.user.id })
  if (user === null) return first
  const { origin } = verified
  const check = await dependencies.passwords.check(password, user.passwordHash, origin)
  return check.isRight ? attempt({ user, origin, ...check }) : first
}

/**
 * Creates a session if the client knows the password. An unknown address or user name costs the same one hash as a wrong
 * password, and gets the same answer. A hash that is weaker than new ones is replaced after the session is created.
 * @throws {ValidationError} @throws {TooManyRequestsError} @throws {InvalidCredentialsError} @throws {HashingBusyError}
 * @throws {UserDisabledError} @throws {EmailNotConfirmedError} @throws {SignInRefusedError} all three only after a right password.
 */
export async function signIn(
  dependencies: Pick<
    Dependencies,
    | 'accessTokens'
    | 'forgetApiKeys'
    | 'claimsHook'
    | 'email'
    | 'emit'
    | 'hasRefreshTokens'
    | 'hooks'
    | 'limits'
    | 'maximumSessionsPerUser'
    | 'passwords'
    | 'refreshTokens'
    | 'revokedSessions'
    | 'sessionLifetimes'
    | 'storage'
  >,
  attempt: SignIn,
): Promise<IssuedTokens> {
  const { password, client, now } = attempt
  const emitFailure = (userId: string | null, reason: LoginFailReason) =>
    dependencies.emit({ name: 'authn_login_fail', reason, ...eventContext({ userId, sessionId: null, client, now }) })
  const refused = (userId: string | null, reason: LoginFailReason) => {
    emitFailure(userId, reason)
    return new InvalidCredentialsError()
  }
  const disabled = (userId: string) => {
    emitFailure(userId, 'user_disabled')
    return new UserDisabledError()
  }

  const { known, check, origin } = await checkPassword(dependencies, attempt)
  if (known === null) throw refused(null, 'unknown_user')
  if (!check.isRight) throw refused(known.id, known.passwordHash === null ? 'no_password' : check.reason)
  if (known.disabledAt !== null) throw disabled(known.id)
  if (dependencies.email?.requireConfirmation === true && known.emailConfirmedAt === null) {
    emitFailure(known.id, 'email_not_confirmed')
    throw new EmailNotConfirmedError()
  }

  await runBeforeHook(dependencies, 'beforeSignIn', { user: known, client, now })
  const claims = await extraClaims(dependencies, known)
  const session = newSession(dependencies.sessionLifetimes, { userId: known.id, methods: ['password'], client, now })
  const { opening, verified } = await open(dependencies, session, password, { user: known, origin, ...check })
  if (opening.outcome === 'disabled') throw disabled(known.id)
  if (opening.outcome !== 'opened') throw refused(known.id, 'password_changed_meanwhile')
  const context = eventContext({ userId: known.id, sessionId: session.id, client, now })
  dependencies.emit({ name: 'authn_login_success', ...context })
  const { revokedSessionIds } = opening
  await sessionsEnded(dependencies, { revokedSessionIds, userId: known.id, reason: 'too_many_sessions', client, now })
  const passwordHash = await replaceHash(dependencies, { verified, about: context })
  await runAfterHook(dependencies, 'afterSignIn', { user: opening.user, sessionId: session.id, client, now })
  return issueTokens(dependencies, { user: { ...opening.user, passwordHash }, session, extraClaims: claims }, now)
}
