import { createHash, randomBytes } from 'node:crypto'
import type { OneTimeTokenHash } from '../storage/records.js'

declare const brand: unique symbol

/** The token in a mailed link. Never stored in plain text, never logged. */
export type OneTimeToken = string & { readonly [brand]: 'OneTimeToken' }

/** 256 random bits, base64url. */
const form = /^[A-Za-z0-9_-]{43}$/

function digest(token: string): OneTimeTokenHash {
  return createHash('sha256').update(token).digest('base64url') as OneTimeTokenHash
}

export function newOneTimeToken(): { readonly token: OneTimeToken; readonly hash: OneTimeTokenHash } {
  const token = randomBytes(32).toString('base64url') as OneTimeToken
  return { token, hash: digest(token) }
}

/** Returns the hash of a token, or `null` for a text that cannot be a token: it costs no storage call. */
export function oneTimeTokenHash(token: string): OneTimeTokenHash | null {
  return form.test(token) ? digest(token) : null
}
