import { randomBytes, randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { expectUnchanged } from '../../../conformance/account-state.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import {
  hourMilliseconds,
  minuteMilliseconds,
  randomMessage,
  randomSession,
  randomUser,
  randomWord,
  type UserWithPassword,
} from '../../../conformance/random-records.js'
import { signUpOf } from '../../../conformance/sign-up-of.js'
import { type Account, storeAccount } from '../../../conformance/stored-records.js'
import type { EpochMilliseconds, OutboxMessageRecord, SessionRecord, UserRecord } from '../../../storage/records.js'
import type { OpenSession, Proof } from '../../sessions/port.js'
import type { ChallengeHash, PasskeyProof, PasskeyRecord, RegisterPasskey, SpentChallenge } from '../port.js'

/** A user with a live session, with or without a password. */
export interface SignedInUser {
  readonly user: UserRecord
  readonly sessions: readonly [SessionRecord, ...SessionRecord[]]
  readonly now: EpochMilliseconds
}

/** Returns a challenge that expires five minutes after this instant. */
export function randomChallenge(createdAt: EpochMilliseconds, overrides: Partial<SpentChallenge> = {}): SpentChallenge {
  const challengeHash = randomBytes(32).toString('base64url') as ChallengeHash
  return { challengeHash, challengeExpiresAt: createdAt + 5 * minuteMilliseconds, ...overrides }
}

/** Returns a passkey that is not backed up, with a counter of 4. */
export function randomPasskey(user: UserRecord, overrides: Partial<PasskeyRecord> = {}): PasskeyRecord {
  return {
    id: randomUUID(),
    userId: user.id,
    credentialId: randomBytes(32).toString('base64url'),
    publicKey: randomBytes(77).toString('base64url'),
    userHandle: randomBytes(32).toString('base64url'),
    name: `passkey ${randomWord()}`,
    counter: 4,
    backedUp: false,
    transports: ['internal', 'hybrid'],
    createdAt: user.createdAt,
    lastUsedAt: null,
    ...overrides,
  }
}

/** Returns a request of the first session that stores a new passkey. */
export function registrationOf(
  { user, sessions: [{ id: sessionId }], now }: SignedInUser,
  overrides: Partial<RegisterPasskey> = {},
): RegisterPasskey {
  return {
    passkey: randomPasskey(user),
    ...randomChallenge(user.createdAt),
    maximumPerUser: 100,
    asking: { sessionId, now },
    messages: [],
    ...overrides,
  }
}

export async function storePasskey(
  storage: Storage,
  account: SignedInUser,
  overrides: Partial<PasskeyRecord> = {},
): Promise<PasskeyRecord> {
  const passkey = randomPasskey(account.user, overrides)
  const answer = await storage.passkeys.register(registrationOf(account, { passkey }))
  expectOutcome(answer, 'registered', 'A new passkey below the limit is stored')
  return passkey
}

/** An account with two passkeys that were never used. */
export interface PasskeyAccount extends Account {
  readonly passkeys: readonly [PasskeyRecord, PasskeyRecord]
}

export async function storePasskeyAccount(
  storage: Storage,
  overrides: Partial<UserWithPassword> = {},
): Promise<PasskeyAccount> {
  const account = await storeAccount(storage, overrides)
  const first = await storePasskey(storage, account)
  const second = await storePasskey(storage, account, { createdAt: account.user.createdAt + 1 })
  return { ...account, passkeys: [first, second] }
}

/** Stores such an account, and disables its user at its `now`. */
export async function storeDisabledPasskeyAccount(storage: Storage): Promise<PasskeyAccount> {
  const account = await storePasskeyAccount(storage)
  const { user, now } = account
  expectOutcome(await storage.users.disable({ userId: user.id, now }), 'disabled', 'The user exists')
  return { ...account, user: { ...user, disabledAt: now } }
}

/** Stores a user without a password who has a session. */
export async function storePasswordlessAccount(storage: Storage): Promise<SignedInUser> {
  const user = { ...randomUser(), passwordHash: null }
  const session = randomSession(user, { methods: ['email'] })
  const answer = await storage.users.create(signUpOf(user, { session }))
  expectOutcome(answer, 'created', 'A user without a password can be created')
  return { user, sessions: [session], now: user.createdAt + minuteMilliseconds }
}

export type PasskeyUse = { readonly kind: 'passkey' } & PasskeyProof

/** Returns the proof of a use of the passkey with a new challenge: its counter has grown by one. */
export function passkeyProofOf(
  { credentialId, counter, backedUp, createdAt }: PasskeyRecord,
  overrides: Partial<PasskeyProof> = {},
): PasskeyUse {
  const challenge = randomChallenge(createdAt)
  return { kind: 'passkey', credentialId, counter: counter + 1, backedUp, ...challenge, ...overrides }
}

/** Returns the passkey as it is after the use. */
export function usedPasskey(
  passkey: PasskeyRecord,
  { counter, backedUp }: PasskeyUse,
  lastUsedAt: EpochMilliseconds,
): PasskeyRecord {
  return { ...passkey, counter, backedUp, lastUsedAt }
}

/** Returns a sign-in with these proofs at the user's `now`. */
export function signInOf(
  { user, now }: Pick<SignedInUser, 'user' | 'now'>,
  proofs: readonly Proof[],
  overrides: Partial<SessionRecord> = {},
): OpenSession {
  const instants = { createdAt: now, authenticatedAt: now, rotatedAt: now, expiresAt: now + hourMilliseconds }
  const session = randomSession(user, { methods: ['passkey'], ...instants, ...overrides })
  return { session, proofs, maximumPerUser: 100 }
}

/** Opens a session with the passkey. Returns it, and the passkey as it is now. */
export async function openWith(
  storage: Storage,
  account: Pick<SignedInUser, 'user' | 'now'>,
  passkey: PasskeyRecord,
): Promise<{ readonly session: SessionRecord; readonly passkey: PasskeyRecord }> {
  const proof = passkeyProofOf(passkey)
  const request = signInOf(account, [proof])
  expectOutcome(await storage.sessions.open(request), 'opened', 'A passkey opens a session')
  return { session: request.session, passkey: usedPasskey(passkey, proof, account.now) }
}

export async function expectPasskeys(
  { passkeys }: Storage,
  { user }: Pick<SignedInUser, 'user'>,
  asked: readonly PasskeyRecord[],
  rule: string,
): Promise<void> {
  expectEqual(await passkeys.list({ userId: user.id }), asked, rule)
}

/** Runs a method that must be refused, then checks that no record of the account and no passkey has changed. */
export async function expectNothingWritten<Answer>(
  storage: Storage,
  account: Account,
  refuse: () => Promise<Answer>,
  rule: string,
): Promise<Answer> {
  const { user, now } = account
  const look = async () => [
    await storage.passkeys.list({ userId: user.id }),
    await storage.sessions.list({ userId: user.id, now, limit: 100, offset: 0 }),
  ]
  const before = await look()
  const answer = await expectUnchanged(storage, account, refuse, rule)
  expectEqual(await look(), before, rule)
  return answer
}

/** Returns messages that are due at the user's `now`. */
export function mailOf({ user, now }: SignedInUser): OutboxMessageRecord[] {
  const due = { nextAttemptAt: now, expiresAt: now + 1_000 }
  return [randomMessage(user, due), randomMessage(user, { ...due, userId: null })]
}
