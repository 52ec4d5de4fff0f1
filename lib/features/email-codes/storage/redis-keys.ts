import { namedUnder } from '../../../storage/redis/keys.js'

/** Returns the names of the keys that mailed codes add. */
export const signInCodeKeys = namedUnder((named, root) => ({
  code: named('sign-in-code'),
  /** The id, the address and the user of the code of this address. */
  codeByEmail: named('sign-in-code-of'),
  /** The entries of `codesByExpiry` of a user: a sorted set. */
  codesOf: named('sign-in-codes-of'),
  codesByExpiry: `${root}sign-in-codes-by-expiry`,
}))
