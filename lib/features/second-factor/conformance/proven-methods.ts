import type { Storage } from '../../../composition/storage.js'
import { openingOf, passwordProofOf, reauthenticationOf } from '../../../conformance/account-requests.js'
import { expectEqual } from '../../../conformance/contract.js'
import type { Account } from '../../../conformance/stored-records.js'
import type { Proof } from '../../sessions/port.js'
import { expectNothingWritten, type ProtectedAccount, recoveryCodeProofOf, totpProofOf } from './protected-account.js'

/** A method that takes proofs. */
export interface ProvenMethod {
  readonly method: 'sessions.open' | 'sessions.reauthenticate'
  /** The outcome if every proof holds. */
  readonly succeeded: 'opened' | 'reauthenticated'
  /** The outcome if every proof holds, and the user is disabled. */
  readonly ifDisabled: 'disabled' | 'sessionEnded'
  attempt(storage: Storage, account: Account, proofs: readonly Proof[]): Promise<{ readonly outcome: string }>
}

export const provenMethods: readonly ProvenMethod[] = [
  {
    method: 'sessions.open',
    succeeded: 'opened',
    ifDisabled: 'disabled',
    attempt: (storage, account, proofs) => storage.sessions.open(openingOf(account, { proofs })),
  },
  {
    method: 'sessions.reauthenticate',
    succeeded: 'reauthenticated',
    ifDisabled: 'sessionEnded',
    attempt: (storage, account, proofs) => storage.sessions.reauthenticate(reauthenticationOf(account, { proofs })),
  },
]

/** The proofs of a second factor that are valid once. */
export const secondFactorProofs: readonly {
  readonly name: string
  /** Returns the next one that the account has. */
  readonly next: (account: ProtectedAccount) => Proof
}[] = [
  { name: 'code of the app', next: account => totpProofOf(account) },
  { name: 'recovery code', next: account => recoveryCodeProofOf(account) },
]

/** Returns the password of the account, then these proofs. */
export const beside = ({ user }: Account, ...proofs: readonly Proof[]) => [passwordProofOf(user), ...proofs]

export async function expectSucceeded(
  { attempt, succeeded }: ProvenMethod,
  storage: Storage,
  account: Account,
  proofs: readonly Proof[],
  rule: string,
): Promise<void> {
  const { outcome } = await attempt(storage, account, proofs)
  expectEqual(outcome, succeeded, rule)
}

export async function expectRefused(
  { attempt }: ProvenMethod,
  storage: Storage,
  account: Account,
  { outcome, proofs }: { readonly outcome: string; readonly proofs: readonly Proof[] },
  rule: string,
): Promise<void> {
  const answer = await expectNothingWritten(storage, account, () => attempt(storage, account, proofs), rule)
  expectEqual(answer, { outcome }, rule)
}
