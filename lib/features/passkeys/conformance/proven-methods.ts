import type { Storage } from '../../../composition/storage.js'
import { expectEqual } from '../../../conformance/contract.js'
import { expectSucceeded, type ProvenMethod } from '../../../conformance/proven-methods.js'
import type { Account } from '../../../conformance/stored-records.js'
import type { Proof } from '../../sessions/port.js'
import type { PasskeyRecord } from '../port.js'
import {
  expectNothingWritten,
  expectPasskeys,
  type PasskeyAccount,
  type PasskeyUse,
  usedPasskey,
} from './passkey-account.js'

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

/** Checks that a use of the account's first passkey is accepted, and stored. Returns the passkey as it is now. */
export async function expectUsed(
  proven: ProvenMethod,
  storage: Storage,
  account: PasskeyAccount,
  { passkey, use }: { readonly passkey: PasskeyRecord; readonly use: PasskeyUse },
  rule: string,
): Promise<PasskeyRecord> {
  await expectSucceeded(proven, storage, account, [use], rule)
  const used = usedPasskey(passkey, use, account.now)
  await expectPasskeys(storage, account, [used, account.passkeys[1]], rule)
  return used
}
