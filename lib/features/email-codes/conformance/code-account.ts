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
  type UserWithPassword,
} from '../../../conformance/random-records.js'
import { type Account, storeAccount } from '../../../conformance/stored-records.js'
import type { EpochMilliseconds, OutboxMessageRecord, SessionRecord, UserRecord } from '../../../storage/records.js'
import type { OpenSession, Proof } from '../../sessions/port.js'
import type { SignInCodeHash, SignInCodeRecord, TrySignInCode } from '../port.js'

/** How many wrong codes a new code of these cases allows. */
export const tries = 5

export function randomCodeHash(): SignInCodeHash {
  return randomBytes(32).toString('base64url') as SignInCodeHash
}

/** Returns a code for the user's own address that expires ten minutes after the user was created. */
export function randomCode(user: UserRecord, overrides: Partial<SignInCodeRecord> = {}): SignInCodeRecord {
  return {
    id: randomUUID(),
    userId: user.id,
    email: user.email,
    hash: randomCodeHash(),
    triesLeft: tries,
    createdAt: user.createdAt,
    expiresAt: user.createdAt + 10 * minuteMilliseconds,
    ...overrides,
  }
}

export async function storeCode(
  storage: Storage,
  user: UserRecord,
  overrides: Partial<SignInCodeRecord> = {},
): Promise<SignInCodeRecord> {
  const code = randomCode(user, overrides)
  expectOutcome(await storage.signInCodes.issue({ code, messages: [] }), 'issued', 'Every address can have a code')
  return code
}

/** Stores a code for an address that no user has. */
export function storeNewcomersCode(
  storage: Storage,
  overrides: Partial<SignInCodeRecord> = {},
): Promise<SignInCodeRecord> {
  return storeCode(storage, randomUser(), { userId: null, ...overrides })
}

/** Returns a call that presents the right code, a minute after it was mailed. */
export function trialOf(
  { id: codeId, hash, createdAt }: SignInCodeRecord,
  overrides: Partial<TrySignInCode> = {},
): TrySignInCode {
  return { codeId, hash, now: createdAt + minuteMilliseconds, ...overrides }
}

/** Returns a call that presents a wrong code. */
export function wrongTrialOf(code: SignInCodeRecord, overrides: Partial<TrySignInCode> = {}): TrySignInCode {
  return trialOf(code, { hash: randomCodeHash(), ...overrides })
}

/** Checks that the code is refused. */
export async function expectWrong({ signInCodes }: Storage, trial: TrySignInCode, rule: string): Promise<void> {
  expectEqual(await signInCodes.tryCode(trial), { outcome: 'wrong' }, rule)
}

/** Checks that the code is right, for this user, and that the address is not proven by this call. */
export async function expectRight(
  { signInCodes }: Storage,
  code: SignInCodeRecord,
  user: UserRecord | null,
  rule: string,
): Promise<void> {
  const { deletedApiKeyIds = [], ...answer } = expectOutcome(await signInCodes.tryCode(trialOf(code)), 'right', rule)
  const nothingRemoved = { isProvenNow: false, revokedSessionIds: [] }
  expectEqual(answer, { outcome: 'right', email: code.email, user, ...nothingRemoved }, rule)
  expectEqual(deletedApiKeyIds, [], rule)
}

/** Checks what is stored for the address of the code, a minute after it was mailed. */
export async function expectCode(
  { signInCodes }: Storage,
  { email, createdAt }: SignInCodeRecord,
  asked: SignInCodeRecord | null,
  rule: string,
): Promise<void> {
  expectEqual(await signInCodes.find({ email, now: createdAt + minuteMilliseconds }), asked, rule)
}

/** An account whose user has been mailed a code. */
export interface CodeAccount extends Account {
  readonly code: SignInCodeRecord
}

/** Stores a user whose address is proven, and mails them a code. */
export async function storeProvenAccount(
  storage: Storage,
  overrides: Partial<UserWithPassword> = {},
): Promise<CodeAccount> {
  const account = await storeAccount(storage, { emailConfirmedAt: 1_000_000_000_004, ...overrides })
  return { ...account, code: await storeCode(storage, account.user) }
}

/** Stores a user whose address is not proven, and mails a code to its owner. */
export async function storeUnprovenAccount(storage: Storage): Promise<CodeAccount> {
  const account = await storeAccount(storage)
  return { ...account, code: await storeCode(storage, account.user) }
}

/** Returns the user as the right code leaves them, if their address was unproven. */
export function provenUser({ user, now }: Pick<Account, 'user' | 'now'>): UserRecord {
  return { ...user, passwordHash: null, emailConfirmedAt: now }
}

/** Returns the proof that the user has received the code. */
export function codeProofOf({ id: codeId, hash }: SignInCodeRecord): Proof {
  return { kind: 'emailCode', codeId, hash }
}

/** Returns a sign-in with this code at the user's `now`. */
export function signInOf(
  { user, now }: { readonly user: UserRecord; readonly now: EpochMilliseconds },
  proofs: readonly Proof[],
  overrides: Partial<SessionRecord> = {},
): OpenSession {
  const instants = { createdAt: now, authenticatedAt: now, rotatedAt: now, expiresAt: now + hourMilliseconds }
  const session = randomSession(user, { methods: ['email'], ...instants, ...overrides })
  return { session, proofs, maximumPerUser: 100 }
}

/** Returns the ids of the live sessions of the user. */
export async function idsOfSessions(
  { sessions }: Storage,
  { user, now }: Pick<Account, 'user' | 'now'>,
): Promise<readonly string[]> {
  const { items } = await sessions.list({ userId: user.id, now, limit: 100, offset: 0 })
  return items.map(({ id }) => id)
}

/** Runs a method that must be refused, then checks that no record of the account has changed, and neither has its code. */
export async function expectNothingWritten<Answer>(
  storage: Storage,
  account: Account,
  refuse: () => Promise<Answer>,
  rule: string,
): Promise<Answer> {
  const { user, now } = account
  const look = async () => [
    await storage.signInCodes.find({ email: user.email, now: user.createdAt }),
    await storage.sessions.list({ userId: user.id, now, limit: 100, offset: 0 }),
  ]
  const before = await look()
  const answer = await expectUnchanged(storage, account, refuse, rule)
  expectEqual(await look(), before, rule)
  return answer
}

/** Returns messages that are due when the user was created: one about them, and one about no user. */
export function mailOf(user: UserRecord): OutboxMessageRecord[] {
  return [randomMessage(user), randomMessage(user, { userId: null })]
}
