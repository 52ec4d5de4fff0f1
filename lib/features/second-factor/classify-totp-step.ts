import type { TotpFactorRecord, TotpProof } from './port.js'

/**
 * Determines whether the proof of an authenticator app holds. Pure: every adapter calls it within its atomic step. `holds`: the
 * adapter stores the step as `lastStep`. `spent`: a code of this step or of a later one was accepted before. `stale`: the user
 * has no such confirmed factor.
 *
 * Steps are compared, not codes: two steps can have the same code, and one code must not be accepted twice (RFC 6238, section 5.2).
 * @param factor the user's factor as stored at that moment, or `null`
 * @param proof the proof to settle
 * @example
 * ```ts
 * import { classifyTotpStep, type TotpFactorRecord, type TotpProof } from 'fast-auth/storage'
 *
 * declare const factor: TotpFactorRecord | null
 * declare const proof: TotpProof
 * const lastStep = classifyTotpStep(factor, proof) === 'holds' ? proof.step : factor?.lastStep
 * ```
 */
export function classifyTotpStep(
  factor: TotpFactorRecord | null,
  { factorId, step }: Pick<TotpProof, 'factorId' | 'step'>,
): 'holds' | 'spent' | 'stale' {
  if (factor === null || factor.id !== factorId || factor.confirmedAt === null) return 'stale'
  return step > (factor.lastStep ?? -1) ? 'holds' : 'spent'
}
