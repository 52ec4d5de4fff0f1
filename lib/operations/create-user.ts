import { randomUUID } from 'node:crypto'
import { ValidationError } from '../errors/index.js'
import { maximumProfileBytes } from '../profiles/profile-rules.js'
import { type Instant, type Profile, planProfileUpdate, type UserProfile } from '../storage/storage.js'
import type { LoadedUser } from '../tokens/loaded-user.js'
import { canonicalUsername, usernameRule } from '../usernames/canonical-username.js'
import { acceptedEmail } from './accepted-email.js'
import { noClient } from './client.js'
import { refuseWeakPassword } from './refuse-weak-password.js'
import type { AdministrationRooms, Rooms } from './rooms.js'

export interface NewUser {
  /** As somebody typed it: it is made canonical as at sign-up. */
  readonly email: string
  readonly password: string
  /** In any case. One that people cannot choose, as `admin`, is allowed. They sign in with it where the option `usernames` is on. */
  readonly username?: string
  /** Whether the address is known to be theirs. Default: it is not, and nobody is mailed about it. */
  readonly emailConfirmed?: boolean
  /** As the option `profileSchema` has it, with the fields among them that people cannot set. */
  readonly profile?: Partial<UserProfile>
}

export interface CreatingRooms
  extends AdministrationRooms,
    Pick<Rooms, 'passwords' | 'passwordPolicy' | 'breachedPasswords' | 'profileRules'> {}

export type UserCreation =
  | { readonly outcome: 'created'; readonly user: LoadedUser }
  | { readonly outcome: 'emailTaken' | 'usernameTaken' }

function canonicalName(typed: string | undefined): string | null {
  if (typed === undefined) return null
  const username = canonicalUsername(typed)
  if (username === null) throw new ValidationError('username', 'format', usernameRule)
  return username
}

function acceptedProfile({ profileRules }: CreatingRooms, profile: Profile | undefined): Profile {
  if (profile === undefined) return {}
  if (profileRules === null)
    throw new TypeError('createUser of fast-auth takes a profile with the option "profileSchema"')
  const complaint = profileRules.complaint(profile)
  if (complaint !== null) throw new TypeError(`createUser of fast-auth was given a profile that is none: ${complaint}`)
  const nothing = { profile: {}, username: null }
  const stored = planProfileUpdate(nothing, { patch: profile, maximumBytes: maximumProfileBytes })
  if (stored !== null) return stored.profile
  throw new TypeError(`createUser of fast-auth keeps at most ${maximumProfileBytes} bytes of JSON of a user`)
}

/**
 * Makes a user without a session. The address and the password are held to the rules of a sign-up; no hook is asked, for
 * whoever calls has decided already, and nobody is mailed.
 * @throws {ValidationError} The address or the user name is none. @throws {PasswordTooWeakError} @throws {HashingBusyError}
 * @throws {TypeError} The profile is not as the option `profileSchema` says. It repeats no value.
 */
export async function createUser(
  rooms: CreatingRooms,
  { email: typed, password, username: typedName, emailConfirmed = false, profile }: NewUser,
  now: Instant,
): Promise<UserCreation> {
  const email = acceptedEmail(typed)
  const username = canonicalName(typedName)
  const accepted = acceptedProfile(rooms, profile)
  const owner = { email, username }
  await refuseWeakPassword(rooms, { password, owner, userId: null, sessionId: null, client: noClient, now })
  const user: LoadedUser = {
    id: randomUUID(),
    email,
    emailConfirmedAt: emailConfirmed ? now : null,
    username,
    profile: accepted,
    createdAt: now,
    lastSignInAt: null,
    disabledAt: null,
  }
  const record = { ...user, passwordHash: await rooms.passwords.hash(password) }
  const nothingElse = { session: null, token: null, messages: [], messagesIfTaken: [] }
  const { outcome } = await rooms.storage.users.create({ user: record, ...nothingElse })
  if (outcome !== 'created') return { outcome }
  const about = { at: new Date(now).toISOString(), userId: user.id, sessionId: null, ...noClient }
  rooms.emit({ name: 'user_created', ...about })
  return { outcome: 'created', user }
}
