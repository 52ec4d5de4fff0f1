import type { EpochMilliseconds } from '../../storage/records.js'
import { classifyPasskeyUse } from './classify-passkey-use.js'
import type { PasskeyProof, PasskeyRecord } from './port.js'

/** Returns the passkey as it is after its use; `stale` if it does not exist for the user, or is copied. */
export function settlePasskey(
  passkey: PasskeyRecord | null,
  proof: PasskeyProof,
  { userId, now }: { readonly userId: string; readonly now: EpochMilliseconds },
): PasskeyRecord | 'stale' {
  if (passkey?.userId !== userId || classifyPasskeyUse(passkey, proof) !== 'holds') return 'stale'
  const { counter, backedUp } = proof
  return { ...passkey, counter, backedUp, lastUsedAt: now }
}
