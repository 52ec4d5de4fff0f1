import { ValidationError } from '../../errors/index.js'
import { acceptedName } from '../accepted-name.js'

/** Control characters, line and paragraph separators, and characters that change the direction of text: names are in messages. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** Returns the name of an organisation that a user typed, without surrounding blanks. @throws {ValidationError} names the field `name`. */
export function acceptedOrganizationName(typed: string): string {
  const name = acceptedName(typed)
  if (unprintable.test(name))
    throw new ValidationError('name', 'pattern', 'must have no control characters, line breaks or marks of direction')
  return name
}
