import { randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { expectUnchanged } from '../../../conformance/account-state.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import { hasFeature } from '../../../conformance/optional-features.js'
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
import type { AdoptIdentity, IdentityKey, IdentityRecord, LinkIdentity, SignUpWithIdentity } from '../port.js'

/** A user with a live session, with or without a password. */
export interface SignedInUser {
  readonly user: UserRecord
  readonly sessions: readonly [SessionRecord, ...SessionRecord[]]
  readonly now: EpochMilliseconds
}

/** Returns an identity of the user that has opened no session. */
export function randomIdentity(user: UserRecord, overrides: Partial<IdentityRecord> = {}): IdentityRecord {
  return {
    id: randomUUID(),
    userId: user.id,
    provider: 'acme',
    issuer: 'https://accounts.acme.example',
    subject: randomWord(),
    email: user.email,
    createdAt: user.createdAt,
    lastUsedAt: null,
    ...overrides,
  }
}

/** Returns a request of the first session that stores a new identity. */
export function linkOf(
  { user, sessions: [{ id: sessionId }], now }: SignedInUser,
  overrides: Partial<LinkIdentity> = {},
): LinkIdentity {
  return {
    identity: randomIdentity(user),
    maximumPerUser: 100,
    asking: { sessionId, now },
    messages: [],
    ...overrides,
  }
}

export async function storeIdentity(
  storage: Storage,
  account: SignedInUser,
  overrides: Partial<IdentityRecord> = {},
): Promise<IdentityRecord> {
  const identity = randomIdentity(account.user, overrides)
  const answer = await storage.identities.link(linkOf(account, { identity }))
  expectOutcome(answer, 'linked', 'A new identity below the limit is stored')
  return identity
}

/** An account with two identities that were never used. */
export interface IdentityAccount extends Account {
  readonly identities: readonly [IdentityRecord, IdentityRecord]
}

export async function storeIdentityAccount(
  storage: Storage,
  overrides: Partial<UserWithPassword> = {},
): Promise<IdentityAccount> {
  const account = await storeAccount(storage, overrides)
  const first = await storeIdentity(storage, account)
  const second = await storeIdentity(storage, account, {
    createdAt: account.user.createdAt + 1,
    provider: 'other',
    email: null,
  })
  return { ...account, identities: [first, second] }
}

/** Stores a user without a password who has a session. */
export async function storePasswordlessAccount(storage: Storage): Promise<SignedInUser> {
  const user = { ...randomUser(), passwordHash: null }
  const session = randomSession(user, { methods: ['email'] })
  const answer = await storage.users.create(signUpOf(user, { session }))
  expectOutcome(answer, 'created', 'A user without a password can be created')
  return { user, sessions: [session], now: user.createdAt + minuteMilliseconds }
}

/** Returns the sign-up of a user without a password. */
export function signUpWith(user: UserRecord, overrides: Partial<SignUpWithIdentity> = {}): SignUpWithIdentity {
  return { user, identity: randomIdentity(user), token: null, messages: [], messagesIfTaken: [], ...overrides }
}

/** Returns a request that stores a new identity for the account with the user's address. */
export function adoptionOf(
  { user, now }: Pick<SignedInUser, 'user' | 'now'>,
  overrides: Partial<AdoptIdentity> = {},
): AdoptIdentity {
  const identity = randomIdentity(user)
  return { identity, email: user.email, mayLinkProven: false, now, messages: [], ...overrides }
}

/** Returns the proof that a provider has identified the user. */
export function identityProofOf({ issuer, subject }: IdentityKey): Proof {
  return { kind: 'identity', issuer, subject }
}

/** Returns a sign-in with these proofs at the user's `now`. */
export function signInOf(
  { user, now }: Pick<SignedInUser, 'user' | 'now'>,
  proofs: readonly Proof[],
  overrides: Partial<SessionRecord> = {},
): OpenSession {
  const instants = { createdAt: now, authenticatedAt: now, rotatedAt: now, expiresAt: now + hourMilliseconds }
  const session = randomSession(user, { methods: ['provider'], ...instants, ...overrides })
  return { session, proofs, maximumPerUser: 100 }
}

/** Opens a session with the identity. Returns it, and the identity as it is now. */
export async function openWith(
  storage: Storage,
  account: Pick<SignedInUser, 'user' | 'now'>,
  identity: IdentityRecord,
): Promise<{ readonly session: SessionRecord; readonly identity: IdentityRecord }> {
  const request = signInOf(account, [identityProofOf(identity)])
  expectOutcome(await storage.sessions.open(request), 'opened', 'An identity opens a session')
  return { session: request.session, identity: { ...identity, lastUsedAt: account.now } }
}

export async function expectIdentities(
  { identities }: Storage,
  { user }: Pick<SignedInUser, 'user'>,
  asked: readonly IdentityRecord[],
  rule: string,
): Promise<void> {
  expectEqual(await identities.list({ userId: user.id }), asked, rule)
}

/** Returns the ids of the live sessions of the user. */
export async function idsOfSessions(
  { sessions }: Storage,
  { user, now }: Pick<SignedInUser, 'user' | 'now'>,
): Promise<readonly string[]> {
  const { items } = await sessions.list({ userId: user.id, now, limit: 100, offset: 0 })
  return items.map(({ id }) => id)
}

/** Runs a method that must be refused, then checks that no record of the account and no identity has changed. */
export async function expectNothingWritten<Answer>(
  storage: Storage,
  account: Account,
  refuse: () => Promise<Answer>,
  rule: string,
): Promise<Answer> {
  const { user, now } = account
  const look = async () => [
    await storage.identities.list({ userId: user.id }),
    await storage.sessions.list({ userId: user.id, now, limit: 100, offset: 0 }),
  ]
  const before = await look()
  const answer = await expectUnchanged(storage, account, refuse, rule)
  expectEqual(await look(), before, rule)
  return answer
}

/** Returns messages that are due at the user's `now`: one about them, and one about no user. None if the storage has no outbox. */
export function mailOf(storage: Storage, { user, now }: Pick<SignedInUser, 'user' | 'now'>): OutboxMessageRecord[] {
  if (!hasFeature(storage, 'email')) return []
  const due = { nextAttemptAt: now, expiresAt: now + 1_000 }
  return [randomMessage(user, due), randomMessage(user, { ...due, userId: null })]
}
