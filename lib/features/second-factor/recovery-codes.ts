import { createHash, randomBytes } from 'node:crypto'
import { canonicalBase32, encodeBase32, inGroups } from '../../tokens/crockford-base32.js'
import type { RecoveryCodeHash } from './port.js'

declare const brand: unique symbol

/** A recovery code in plain text. Shown once, never stored. */
export type RecoveryCode = string & { readonly [brand]: 'RecoveryCode' }

const codeBytes = 15
const codeLength = 24

/** How many codes a user gets. */
export const recoveryCodeCount = 10

function digest(canonical: string): RecoveryCodeHash {
  return createHash('sha256').update(`recovery code ${canonical}`).digest('base64url') as RecoveryCodeHash
}

export interface NewRecoveryCode {
  /** Six groups of four characters. */
  readonly code: RecoveryCode
  readonly hash: RecoveryCodeHash
}

/** Creates ten recovery codes of 120 random bits each: too many to guess, so a fast hash is enough. */
export function newRecoveryCodes(): readonly NewRecoveryCode[] {
  return Array.from({ length: recoveryCodeCount }, () => {
    const canonical = encodeBase32(randomBytes(codeBytes))
    return { code: inGroups(canonical) as RecoveryCode, hash: digest(canonical) }
  })
}

/**
 * Returns the hash of a recovery code as a user types it: with any case, spaces and hyphens, and with the letters that look like
 * a digit. `null`: the text cannot be a recovery code.
 */
export function recoveryCodeHash(typed: string): RecoveryCodeHash | null {
  const canonical = canonicalBase32(typed, codeLength)
  return canonical === null ? null : digest(canonical)
}
