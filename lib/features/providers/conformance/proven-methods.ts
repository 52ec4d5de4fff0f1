import type { Storage } from '../../../composition/storage.js'
import { expectEqual } from '../../../conformance/contract.js'
import type { ProvenMethod } from '../../../conformance/proven-methods.js'
import type { Account } from '../../../conformance/stored-records.js'
import type { Proof } from '../../sessions/port.js'
import { expectNothingWritten } from './identity-account.js'

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
