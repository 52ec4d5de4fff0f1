import { ValidationError } from '../../errors/index.js'
import { canonicalUsername, usernameRule } from '../../usernames/canonical-username.js'
import type { Dependencies } from '../dependencies.js'

/** Returns the canonical form of a user name that a person chooses. @throws {ValidationError} names the field `username`. */
export function acceptedUsername(
  { reservedUsernames }: Pick<Dependencies, 'reservedUsernames'>,
  typed: string,
): string {
  const username = canonicalUsername(typed)
  if (username === null) throw new ValidationError('username', 'format', usernameRule)
  if (reservedUsernames.has(username)) {
    throw new ValidationError('username', 'reserved', 'must not be a reserved name')
  }
  return username
}
