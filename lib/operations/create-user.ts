import { randomUUID } from 'node:crypto'
import { ValidationError } from '../errors/index.js'
import type { PasswordOwner } from '../passwords/context-words.js'
import { maximumProfileBytes } from '../profiles/profile-rules.js'
import {
  type EpochMilliseconds,
  type PasswordHash,
  type Profile,
  planProfileUpdate,
  type UserProfile,
} from '../storage/storage.js'
import type { LoadedUser } from '../tokens/loaded-user.js'
import { canonicalUsername, usernameRule } from '../usernames/canonical-username.js'
import { acceptedEmail } from './accepted-email.js'
import { canonicalUserId, userIdRule } from './canonical-user-id.js'
import type { AdministrationDependencies, Dependencies } from './dependencies.js'
import { refuseWeakPassword } from './refuse-weak-password.js'
import { noRequestOrigin } from './request-origin.js'

export interface NewUser {
  /** A UUID that the user has elsewhere, so that what refers to it goes on doing so. Default: a new one. */
  readonly id?: string
  /** As somebody typed it: it is made canonical as at sign-up. */
  readonly email: string
  /** Default: none. Then no password is right until the user sets one by mail (`requestPasswordReset`). */
  readonly password?: string
  /** In any case. One that people cannot choose, as `admin`, is allowed. They sign in with it where the option `usernames` is on. */
  readonly username?: string
  /** Whether the address is known to be theirs. Default: it is not, and nobody is mailed about it. */
  readonly emailConfirmed?: boolean
  /** As the option `profileSchema` has it, with the fields among them that people cannot set. */
  readonly profile?: Partial<UserProfile>
}

export interface CreatingDependencies
  extends AdministrationDependencies,
    Pick<Dependencies, 'passwords' | 'passwordPolicy' | 'breachedPasswords' | 'profileRules'> {}

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
    throw new TypeError('createUser of fast-auth takes a profile with the option "profileSchema"')
  const problem = profileRules.problem(profile)
  if (problem !== null) throw new TypeError(`createUser of fast-auth was given a profile that is none: ${problem}`)
  const nothing = { profile: {}, username: null }
  const stored = planProfileUpdate(nothing, { patch: profile, maximumBytes: maximumProfileBytes })
  if (stored !== null) return stored.profile
  throw new TypeError(`createUser of fast-auth keeps at most ${maximumProfileBytes} bytes of JSON of a user`)
}

/** The hash of a password that keeps the rules of a sign-up; `null` if there is none. */
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
  return dependencies.passwords.hash(password)
}

/**
 * Makes a user without a session. The address and the password are held to the rules of a sign-up; no hook is asked, for
 * whoever calls has decided already, and nobody is mailed.
 * @throws {ValidationError} The address, the user name or the id is none. @throws {PasswordTooWeakError} @throws {HashingBusyError}
 * @throws {TypeError} The profile is not as the option `profileSchema` says. It repeats no value.
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
  const { outcome } = await dependencies.storage.users.create({ user: record, ...nothingElse })
  if (outcome !== 'created') return { outcome }
  const about = { at: new Date(now).toISOString(), userId: user.id, sessionId: null, ...noRequestOrigin }
  dependencies.emit({ name: 'user_created', ...about })
  return { outcome: 'created', user }
}
