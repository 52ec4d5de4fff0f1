import { classifyTotpStep } from './classify-totp-step.js'
import type { TotpFactorRecord, TotpProof } from './port.js'

/** Returns the authenticator app as it is after the proof is used; or why the proof does not hold. */
export function settleTotp(factor: TotpFactorRecord | null, proof: TotpProof): TotpFactorRecord | 'spent' | 'stale' {
  if (factor === null) return 'stale'
  const finding = classifyTotpStep(factor, proof)
  if (finding !== 'holds') return finding
  return { ...factor, lastStep: proof.step, sealedSecret: proof.sealedSecret ?? factor.sealedSecret }
}
