import type { Storage } from '../../../composition/storage.js'
import { expectEqual } from '../../../conformance/contract.js'
import type { ProvenMethod } from '../../../conformance/proven-methods.js'
import type { Account } from '../../../conformance/stored-records.js'
import type { Proof } from '../../sessions/port.js'
import { expectNothingWritten, type ProtectedAccount, recoveryCodeProofOf, totpProofOf } from './protected-account.js'

export { beside, expectSucceeded, type ProvenMethod, provenMethods } from '../../../conformance/proven-methods.js'

/** The proofs of a second factor that are valid once. */
export const secondFactorProofs: readonly {
  readonly name: string
  /** Returns the next one that the account has. */
  readonly next: (account: ProtectedAccount) => Proof
}[] = [
  { name: 'code of the app', next: account => totpProofOf(account) },
  { name: 'recovery code', next: account => recoveryCodeProofOf(account) },
]

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
