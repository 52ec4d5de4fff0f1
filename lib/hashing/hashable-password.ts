import { assertHashable } from './assert-hashable.js'
import { normalisePassword } from './normalise-password.js'

/**
 * Returns the password in the normal form that formats hash. Imported hashes are verified with it too: a hash that another
 * system made of a password in another form (with decomposed accents) does not match.
 * @throws {TypeError} See `assertHashable`.
 */
export function hashablePassword(password: string): string {
  assertHashable(password)
  return normalisePassword(password)
}
