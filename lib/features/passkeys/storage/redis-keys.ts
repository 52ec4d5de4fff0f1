import { namedUnder } from '../../../storage/redis/keys.js'

/** Returns the names of the keys that passkeys add. */
export const passkeyKeys = namedUnder((named, root) => ({
  passkey: named('passkey'),
  /** The id of the passkey with this credential id. */
  passkeyIdByCredentialId: named('passkey-credential'),
  /** The ids of the passkeys of a user: a sorted set. */
  passkeysOf: named('passkeys-of'),
  /** A use: the challenge that it spent, and the session that it proved. Named by the hash of the challenge. */
  use: named('passkey-use'),
  /** The uses of a user: a sorted set. */
  usesOf: named('passkey-uses-of'),
  usesByExpiry: `${root}passkey-uses-by-expiry`,
}))
