import { randomBytes } from 'node:crypto'
import { canonicalBase32, encodeBase32, inGroups } from './crockford-base32.js'

declare const brand: unique symbol

/** A mailed code in canonical form. Never stored in plain text, never logged. */
export type SignInCode = string & { readonly [brand]: 'SignInCode' }

const codeBytes = 5
const codeLength = 8

/** Creates a code of 40 random bits (Crockford's Base32). Few enough to type; the storage limits the tries. */
export function newSignInCode(): SignInCode {
  return encodeBase32(randomBytes(codeBytes)) as SignInCode
}

/** Returns the code as people read it: upper case, in two groups. */
export function readableSignInCode(code: SignInCode): string {
  return inGroups(code.toUpperCase())
}

/** Returns the code that a user has typed; `null` if the text cannot be one. */
export function typedSignInCode(typed: string): SignInCode | null {
  return canonicalBase32(typed, codeLength) as SignInCode | null
}
