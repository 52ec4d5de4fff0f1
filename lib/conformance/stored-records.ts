import type { Storage } from '../composition/storage.js'
import type { ApiKeyRecord } from '../features/api-keys/api-key-record.js'
import type {
  EpochMilliseconds,
  OneTimeTokenPurpose,
  OneTimeTokenRecord,
  SessionRecord,
  UserRecord,
} from '../storage/records.js'
import { expectOutcome } from './contract.js'
import { hasFeature } from './optional-features.js'
import {
  minuteMilliseconds,
  randomApiKey,
  randomEmail,
  randomSession,
  randomToken,
  randomUser,
  type UserWithPassword,
} from './random-records.js'
import { signUpOf } from './sign-up-of.js'

export async function storeUser(
  storage: Storage,
  overrides: Partial<UserWithPassword> = {},
): Promise<UserWithPassword> {
  const user = randomUser(overrides)
  expectOutcome(await storage.users.create(signUpOf(user)), 'created', 'A new address can sign up')
  return user
}

export async function storeSession(
  storage: Storage,
  user: UserWithPassword,
  overrides: Partial<SessionRecord> = {},
): Promise<SessionRecord> {
  const session = randomSession(user, overrides)
  const opening = await storage.sessions.open({
    session,
    proofs: [{ kind: 'password', hash: user.passwordHash }],
    maximumPerUser: 100,
  })
  expectOutcome(opening, 'opened', 'The current password hash opens a session')
  return session
}

export async function storeToken(
  storage: Storage,
  user: UserRecord,
  overrides: Partial<OneTimeTokenRecord> = {},
): Promise<OneTimeTokenRecord> {
  const token = randomToken(user, overrides)
  expectOutcome(await storage.oneTimeTokens.issue({ token, messages: [] }), 'issued', 'A known user is issued a token')
  return token
}

export async function storeApiKey(
  storage: Storage,
  user: UserRecord,
  overrides: Partial<ApiKeyRecord> = {},
): Promise<ApiKeyRecord> {
  const apiKey = randomApiKey(user, overrides)
  const creation = await storage.apiKeys.create({ apiKey, maximumPerUser: 1_000 })
  expectOutcome(creation, 'created', 'A user far below the limit gets a key')
  return apiKey
}

/** A user with records of every kind, all live at `now`. Only those of features that the storage has are stored. */
export interface Account {
  readonly user: UserWithPassword
  readonly sessions: readonly [SessionRecord, SessionRecord, SessionRecord]
  readonly apiKeys: readonly [ApiKeyRecord, ApiKeyRecord]
  /** One of each purpose; the first session requested the `changeEmail` token. */
  readonly tokens: { readonly [Purpose in OneTimeTokenPurpose]: OneTimeTokenRecord }
  readonly now: EpochMilliseconds
}

export async function storeAccount(storage: Storage, overrides: Partial<UserWithPassword> = {}): Promise<Account> {
  const user = await storeUser(storage, overrides)
  const sessions = [
    await storeSession(storage, user),
    await storeSession(storage, user),
    await storeSession(storage, user),
  ] as const
  const keyOf = hasFeature(storage, 'api-keys') ? () => storeApiKey(storage, user) : async () => randomApiKey(user)
  const tokenOf = hasFeature(storage, 'email')
    ? (overrides: Partial<OneTimeTokenRecord>) => storeToken(storage, user, overrides)
    : async (overrides: Partial<OneTimeTokenRecord>) => randomToken(user, overrides)
  const apiKeys = [await keyOf(), await keyOf()] as const
  const tokens = {
    confirmEmail: await tokenOf({}),
    resetPassword: await tokenOf({ purpose: 'resetPassword' }),
    changeEmail: await tokenOf({
      purpose: 'changeEmail',
      email: randomEmail(),
      sessionId: sessions[0].id,
    }),
  }
  return {
    user: { ...user, lastSignInAt: user.createdAt },
    sessions,
    apiKeys,
    tokens,
    now: user.createdAt + minuteMilliseconds,
  }
}

/** Stores an account, and disables its user at its `now`. */
export async function storeDisabledAccount(storage: Storage): Promise<Account> {
  const account = await storeAccount(storage)
  const { user, now } = account
  expectOutcome(await storage.users.disable({ userId: user.id, now }), 'disabled', 'The user exists')
  return { ...account, user: { ...user, disabledAt: now } }
}

export async function storePasswordless(storage: Storage): Promise<UserRecord> {
  const user = { ...randomUser(), passwordHash: null }
  expectOutcome(await storage.users.create(signUpOf(user)), 'created', 'A user without a password can be created')
  return user
}
