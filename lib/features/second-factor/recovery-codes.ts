import { createHash, randomBytes } from 'node:crypto'
import type { RecoveryCodeHash } from './port.js'

declare const brand: unique symbol

/** A recovery code in plain text. Shown once, never stored. */
export type RecoveryCode = string & { readonly [brand]: 'RecoveryCode' }

/** The alphabet of Crockford's Base32 in lower case: without i, l, o and u, which people confuse with others. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const codeBytes = 15
const codeLength = 24
const form = /^[0-9a-hjkmnp-tv-z]{24}$/

/** How many codes a user gets. */
export const recoveryCodeCount = 10

function digest(canonical: string): RecoveryCodeHash {
  return createHash('sha256').update(`recovery code ${canonical}`).digest('base64url') as RecoveryCodeHash
}

/** Encodes 120 bits as 24 characters. */
function encode(bytes: Buffer): string {
  const bits = BigInt(`0x${bytes.toString('hex')}`)
  const places = Array.from({ length: codeLength }, (_, place) => BigInt(5 * (codeLength - 1 - place)))
  return places.map(shift => alphabet[Number((bits >> shift) & 31n)]).join('')
}

export interface NewRecoveryCode {
  /** Six groups of four characters. */
  readonly code: RecoveryCode
  readonly hash: RecoveryCodeHash
}

/** Creates ten recovery codes of 120 random bits each: too many to guess, so a fast hash is enough. */
export function newRecoveryCodes(): readonly NewRecoveryCode[] {
  return Array.from({ length: recoveryCodeCount }, () => {
    const canonical = encode(randomBytes(codeBytes))
    const groups = canonical.match(/.{4}/g) as readonly string[]
    return { code: groups.join('-') as RecoveryCode, hash: digest(canonical) }
  })
}

/**
 * Returns the hash of a recovery code as a user types it: with any case, spaces and hyphens, and with the letters that look like
 * a digit. `null`: the text cannot be a recovery code.
 */
export function recoveryCodeHash(typed: string): RecoveryCodeHash | null {
  const canonical = typed.replace(/[\s-]/g, '').toLowerCase().replaceAll('o', '0').replace(/[il]/g, '1')
  return form.test(canonical) ? digest(canonical) : null
}
