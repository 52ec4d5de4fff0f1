import type { PasskeyProof, PasskeyRecord } from './port.js'

/**
 * Compares the signature counter of a use with the stored one. `copied`: the counter has not grown, so a copy of the passkey
 * may exist. A passkey that is backed up has no such finding, since its devices do not share a counter; neither has one whose
 * authenticator does not count. Pure: every adapter calls it within its atomic step.
 * @param passkey the passkey as stored at that moment
 * @param use the proof to settle
 * @example
 * ```ts
 * import { classifyPasskeyUse, type PasskeyProof, type PasskeyRecord } from 'fast-auth/storage'
 *
 * declare const passkey: PasskeyRecord
 * declare const proof: PasskeyProof
 * const counter = classifyPasskeyUse(passkey, proof) === 'holds' ? proof.counter : passkey.counter
 * ```
 * @see WebAuthn Level 3, section 6.1.1
 */
export function classifyPasskeyUse(
  passkey: Pick<PasskeyRecord, 'counter' | 'backedUp'>,
  use: Pick<PasskeyProof, 'counter' | 'backedUp'>,
): 'holds' | 'copied' {
  const isCompared = !passkey.backedUp && !use.backedUp && passkey.counter > 0 && use.counter > 0
  return isCompared && use.counter <= passkey.counter ? 'copied' : 'holds'
}
