import type { ConfirmTotp, TotpFactorRecord } from './port.js'

/** Returns the authenticator app as it is after its confirmation; `null` if no such app waits for one. */
export function confirmFactor(
  factor: TotpFactorRecord | null,
  { factorId, step, now }: Pick<ConfirmTotp, 'factorId' | 'step' | 'now'>,
): TotpFactorRecord | null {
  if (factor?.id !== factorId || factor.confirmedAt !== null || now >= factor.expiresAt) return null
  return { ...factor, confirmedAt: now, lastStep: step }
}
