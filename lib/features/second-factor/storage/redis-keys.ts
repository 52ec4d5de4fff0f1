import { namedUnder } from '../../../storage/redis/keys.js'

/** Returns the names of the keys that second factors add. */
export const secondFactorKeys = namedUnder(named => ({
  /** The authenticator app of a user. */
  totpFactorOf: named('totp-factor-of'),
  /** The hashes of the recovery codes of a user: a sorted set. */
  recoveryCodesOf: named('recovery-codes-of'),
}))
