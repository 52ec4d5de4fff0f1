import { randomUUID } from 'node:crypto'
import { ValidationError } from '../../errors/index.js'
import { eventContext } from '../../events/event-context.js'
import type { PasswordOwner } from '../../hashing/context-words.js'
import { maximumProfileBytes } from '../../profiles/profile-rules.js'
import type { EpochMilliseconds, PasswordHash, Profile } from '../../storage/records.js'
import type { UserProfile } from '../../storage/user-profile.js'
import { noRequestOrigin } from '../../telemetry/request-origin.js'
import type { LoadedUser } from '../../tokens/loaded-user.js'
import { canonicalUsername, usernameRule } from '../../usernames/canonical-username.js'
import type { AdministrationDependencies, Dependencies } from '../dependencies.js'
import { acceptedEmail } from '../email/accepted-email.js'
import { refuseWeakPassword } from '../passwords/refuse-weak-password.js'
import { canonicalUserId, userIdRule } from './canonical-user-id.js'
import { planProfileUpdate } from './plan-profile-update.js'

/** The user that `app.fastAuth.createUser` creates. */
export interface NewUser {
  /** A UUID that the user already has in another system, so that references to it stay valid. Default: a new one. */
  readonly id?: string
  /** In any notation: it is stored in canonical form, as at sign-up. */
  readonly email: string
  /** Default: none. Then no password is accepted until the user sets one by mail (`requestPasswordReset`). */
  readonly password?: string
  /** In any case. Reserved names, such as `admin`, are allowed. The user signs in with it if the option `usernames` is on. */
  readonly username?: string
  /** Whether the address is known to be theirs. Default: `false`. No message is sent in either case. */
  readonly emailConfirmed?: boolean
  /** As `profileSchema` requires, including the fields that people cannot set. */
  readonly profile?: Partial<UserProfile>
}

export interface CreatingDependencies
  extends AdministrationDependencies,
    Pick<Dependencies, 'additionsOf' | 'passwords' | 'passwordPolicy' | 'breachedPasswords' | 'profileRules'> {}

/** The outcome of `app.fastAuth.createUser`. */
export type UserCreation =
  | { readonly outcome: 'created'; readonly user: LoadedUser }
  | { readonly outcome: 'emailTaken' | 'usernameTaken' | 'idTaken' }

function canonicalName(typed: string | undefined): string | null {
  if (typed === undefined) return null
  const username = canonicalUsername(typed)
  if (username === null) throw new ValidationError('username', 'format', usernameRule)
  return username
}

function acceptedId(given: string | undefined): string {
  if (given === undefined) return randomUUID()
  const id = canonicalUserId(given)
  if (id === null) throw new ValidationError('id', 'format', userIdRule)
  return id
}

function acceptedProfile({ profileRules }: CreatingDependencies, profile: Profile | undefined): Profile {
  if (profile === undefined) return {}
  if (profileRules === null)
    throw new TypeError('createUser of fast-auth accepts a profile only with the option "profileSchema"')
  const problem = profileRules.problem(profile)
  if (problem !== null) throw new TypeError(`createUser of fast-auth was given an invalid profile: ${problem}`)
  const nothing = { profile: {}, username: null }
  const stored = planProfileUpdate(nothing, { patch: profile, maximumBytes: maximumProfileBytes })
  if (stored !== null) return stored.profile
  throw new TypeError(`createUser of fast-auth stores at most ${maximumProfileBytes} bytes of JSON for a user`)
}

/** Returns the hash of a password that satisfies the rules of a sign-up, or `null` if there is none. */
async function hashOf(
  dependencies: CreatingDependencies,
  { password, ...owner }: { readonly password: string | undefined } & PasswordOwner,
  now: EpochMilliseconds,
): Promise<PasswordHash | null> {
  if (password === undefined) return null
  await refuseWeakPassword(dependencies, {
    password,
    owner,
    userId: null,
    sessionId: null,
    client: noRequestOrigin,
    now,
  })
  return dependencies.passwords.hash(password, null)
}

/**
 * Creates a user without a session. The address and password must satisfy the rules of a sign-up. No hook is called, since the
 * caller has already decided, and no message is sent.
 * @throws {ValidationError} The address, the user name or the id is invalid. @throws {PasswordTooWeakError} @throws {HashingBusyError}
 * @throws {TypeError} The profile does not match the option `profileSchema`. The message contains no value.
 */
export async function createUser(
  dependencies: CreatingDependencies,
  { id: givenId, email: typed, password, username: typedName, emailConfirmed = false, profile }: NewUser,
  now: EpochMilliseconds,
): Promise<UserCreation> {
  const email = acceptedEmail(typed)
  const username = canonicalName(typedName)
  const accepted = acceptedProfile(dependencies, profile)
  const user: LoadedUser = {
    id: acceptedId(givenId),
    email,
    emailConfirmedAt: emailConfirmed ? now : null,
    username,
    profile: accepted,
    createdAt: now,
    lastSignInAt: null,
    disabledAt: null,
  }
  const record = { ...user, passwordHash: await hashOf(dependencies, { password, email, username }, now) }
  const nothingElse = { session: null, token: null, messages: [], messagesIfTaken: [] }
  const additions = dependencies.additionsOf(record)
  const { outcome } = await dependencies.storage.users.create({ user: record, ...nothingElse, additions })
  if (outcome !== 'created') return { outcome }
  const context = eventContext({ userId: user.id, sessionId: null, client: noRequestOrigin, now })
  dependencies.emit({ name: 'user_created', ...context })
  return { outcome: 'created', user }
}
