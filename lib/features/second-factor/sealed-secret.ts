import type { Sealer } from '../../tokens/sealer.js'
import type { TotpFactorRecord } from './port.js'

/** Encrypts the secret of an authenticator app, for the factor of this id only. */
export function sealSecret(sealer: Sealer, secret: Buffer, factorId: string): string {
  return sealer.seal(secret.toString('base64url'), `totp ${factorId}`)
}

/** Returns the secret, or `null` if it was sealed with a secret that is no longer in `secrets`, or was altered. */
export function openSecret(sealer: Sealer, { id, sealedSecret }: TotpFactorRecord): Buffer | null {
  const text = sealer.open(sealedSecret, `totp ${id}`)
  return text === null ? null : Buffer.from(text, 'base64url')
}
