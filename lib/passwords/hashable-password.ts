import { assertHashable } from './assert-hashable.js'
import { normalisePassword } from './normalise-password.js'

/**
 * The text that formats are given: the password in its one form. Imported hashes too are verified with it: those that
 * another system made of a password in another form (an accent typed as a character of its own) don't match.
 * @throws {TypeError} See `assertHashable`.
 */
export function hashablePassword(password: string): string {
  assertHashable(password)
  return normalisePassword(password)
}
