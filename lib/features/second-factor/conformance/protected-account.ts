import { randomBytes, randomUUID } from 'node:crypto'
import type { Storage } from '../../../composition/storage.js'
import { openingOf, passwordProofOf } from '../../../conformance/account-requests.js'
import { expectUnchanged } from '../../../conformance/account-state.js'
import { expectEqual, expectOutcome } from '../../../conformance/contract.js'
import {
  hourMilliseconds,
  minuteMilliseconds,
  randomMessage,
  randomSession,
  type UserWithPassword,
} from '../../../conformance/random-records.js'
import { type Account, storeAccount } from '../../../conformance/stored-records.js'
import type { OutboxMessageRecord, SessionRecord, UserRecord } from '../../../storage/records.js'
import type { Proof } from '../../sessions/port.js'
import type { ConfirmTotp, RecoveryCodeHash, SecondFactors, TotpFactorRecord, TotpProof } from '../port.js'

/** A user without second factors. */
export const none: SecondFactors = { totp: null, recoveryCodesLeft: 0 }

export function randomRecoveryCode(): RecoveryCodeHash {
  return randomBytes(32).toString('base64url') as RecoveryCodeHash
}

export function randomRecoveryCodes(count = 3): readonly RecoveryCodeHash[] {
  return Array.from({ length: count }, randomRecoveryCode)
}

/** Returns an authenticator app that can be confirmed for ten minutes. */
export function randomFactor(user: UserRecord, overrides: Partial<TotpFactorRecord> = {}): TotpFactorRecord {
  return {
    id: randomUUID(),
    userId: user.id,
    sealedSecret: randomBytes(64).toString('base64url'),
    createdAt: user.createdAt,
    expiresAt: user.createdAt + 10 * minuteMilliseconds,
    confirmedAt: null,
    lastStep: null,
    ...overrides,
  }
}

/** Stores an authenticator app that is not confirmed, at the request of the first session. */
export async function storeFactor(
  storage: Storage,
  { user, sessions: [{ id: sessionId }] }: Pick<Account, 'user' | 'sessions'>,
  overrides: Partial<TotpFactorRecord> = {},
): Promise<TotpFactorRecord> {
  const factor = randomFactor(user, overrides)
  const answer = await storage.secondFactors.startTotp({ factor, asking: { sessionId, now: user.createdAt } })
  expectOutcome(answer, 'started', 'A user without a confirmed app can set one up')
  return factor
}

/** Returns the number of the time step of an instant. */
export const stepAt = (now: number) => Math.floor(now / 30_000)

/** Returns a request of the first session that confirms an app. */
export function confirmationOf(
  { user, sessions: [{ id: sessionId }], now }: Account,
  { id: factorId }: TotpFactorRecord,
  overrides: Partial<ConfirmTotp> = {},
): ConfirmTotp {
  return {
    userId: user.id,
    factorId,
    step: stepAt(now),
    sessionId,
    idleExpiresAt: now + 2 * hourMilliseconds,
    recoveryCodes: randomRecoveryCodes(),
    now,
    messages: [],
    ...overrides,
  }
}

/** An account with a confirmed app and three recovery codes. Each of its sessions was opened with the app. */
export interface ProtectedAccount extends Account {
  readonly factor: TotpFactorRecord
  /** The step of the last code that was accepted. */
  readonly lastStep: number
  readonly recoveryCodes: readonly RecoveryCodeHash[]
}

/** Returns the proof of a code of the app, so many steps after the last one. */
export function totpProofOf(
  { factor, lastStep }: Pick<ProtectedAccount, 'factor' | 'lastStep'>,
  ahead = 1,
  overrides: Partial<TotpProof> = {},
): Proof {
  return { kind: 'totp', factorId: factor.id, step: lastStep + ahead, ...overrides }
}

export function recoveryCodeProof(hash: RecoveryCodeHash): Proof {
  return { kind: 'recoveryCode', hash }
}

/** Returns the proof of one of the recovery codes. */
export function recoveryCodeProofOf({ recoveryCodes }: ProtectedAccount, index = 0): Proof {
  return recoveryCodeProof(recoveryCodes[index] as RecoveryCodeHash)
}

async function storeProvenSession(
  storage: Storage,
  account: Account,
  totp: Pick<ProtectedAccount, 'factor' | 'lastStep'>,
): Promise<SessionRecord> {
  const session = randomSession(account.user, { methods: ['password', 'totp'] })
  const proofs = [passwordProofOf(account.user), totpProofOf(totp)]
  expectOutcome(await storage.sessions.open(openingOf(account, { session, proofs })), 'opened', 'Both factors hold')
  return session
}

/** Stores an account with an app that was confirmed when the user was created. */
export async function storeProtectedAccount(
  storage: Storage,
  overrides: Partial<UserWithPassword> = {},
): Promise<ProtectedAccount> {
  const account = await storeAccount(storage, overrides)
  const { createdAt: now } = account.user
  const started = await storeFactor(storage, account)
  const first = stepAt(now)
  const request = confirmationOf({ ...account, now }, started, { idleExpiresAt: now + hourMilliseconds })
  const { session } = expectOutcome(
    await storage.secondFactors.confirmTotp(request),
    'confirmed',
    'An app is confirmed with its first code',
  )
  const second = await storeProvenSession(storage, account, { factor: started, lastStep: first })
  const third = await storeProvenSession(storage, account, { factor: started, lastStep: first + 1 })
  const lastStep = first + 2
  const { recoveryCodes } = request
  const factor = { ...started, confirmedAt: now, lastStep }
  return { ...account, sessions: [session, second, third], factor, lastStep, recoveryCodes }
}

/** Stores such an account, and disables its user at its `now`. */
export async function storeDisabledProtectedAccount(storage: Storage): Promise<ProtectedAccount> {
  const account = await storeProtectedAccount(storage)
  const { user, now } = account
  expectOutcome(await storage.users.disable({ userId: user.id, now }), 'disabled', 'The user exists')
  return { ...account, user: { ...user, disabledAt: now } }
}

/** Returns what `find` gives for the account, unless overridden. */
export function factorsOf(
  { factor, recoveryCodes }: ProtectedAccount,
  overrides: Partial<SecondFactors> = {},
): SecondFactors {
  return { totp: factor, recoveryCodesLeft: recoveryCodes.length, ...overrides }
}

export async function expectFactors(
  { secondFactors }: Storage,
  { user }: Pick<Account, 'user'>,
  asked: SecondFactors,
  rule: string,
): Promise<void> {
  expectEqual(await secondFactors.find({ userId: user.id }), asked, rule)
}

/** Runs a method that must be refused, then checks that no record of the account and no second factor has changed. */
export async function expectNothingWritten<Answer>(
  storage: Storage,
  account: Account,
  refuse: () => Promise<Answer>,
  rule: string,
): Promise<Answer> {
  const { user, now } = account
  const look = async () => [
    await storage.secondFactors.find({ userId: user.id }),
    await storage.sessions.list({ userId: user.id, now, limit: 100, offset: 0 }),
  ]
  const before = await look()
  const answer = await expectUnchanged(storage, account, refuse, rule)
  expectEqual(await look(), before, rule)
  return answer
}

/** Returns messages that are due at the account's `now`. */
export function mailOf({ user, now }: Account): OutboxMessageRecord[] {
  const due = { nextAttemptAt: now, expiresAt: now + 1_000 }
  return [randomMessage(user, due), randomMessage(user, { ...due, userId: null })]
}
