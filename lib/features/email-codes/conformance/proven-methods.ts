import type { Storage } from '../../../composition/storage.js'
import { expectEqual } from '../../../conformance/contract.js'
import type { ProvenMethod } from '../../../conformance/proven-methods.js'
import type { Account } from '../../../conformance/stored-records.js'
import type { Proof } from '../../sessions/port.js'
import { expectNothingWritten } from './code-account.js'

/** Checks that the call is refused with this outcome, and that nothing is written. */
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

/** Checks that this proof is stale, and that nothing is written. */
export function expectStale(
  proven: ProvenMethod,
  storage: Storage,
  account: Account,
  proof: Proof,
  rule: string,
): Promise<void> {
  return expectRefused(proven, storage, account, { outcome: 'stale', proofs: [proof] }, rule)
}
