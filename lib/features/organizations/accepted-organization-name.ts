import { ValidationError } from '../../errors/index.js'
import { acceptedName } from '../accepted-name.js'

/**
 * Control characters, line and paragraph separators, characters that change the direction of text, and the start of a link: names
 * are in messages, and mail programs turn text such as `https://…` into links.
 */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]|:\/\//u

/** Returns the name of an organisation that a user typed, without surrounding blanks. @throws {ValidationError} names the field `name`. */
export function acceptedOrganizationName(typed: string): string {
  const name = acceptedName(typed)
  if (unprintable.test(name))
    throw new ValidationError(
      'name',
      'pattern',
      'must have no control characters, line breaks, marks of direction or links',
    )
  return name
}
