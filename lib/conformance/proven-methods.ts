import type { Storage } from '../composition/storage.js'
import type { Proof } from '../features/sessions/port.js'
import { openingOf, passwordProofOf, reauthenticationOf } from './account-requests.js'
import { expectEqual } from './contract.js'
import type { Account } from './stored-records.js'

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
