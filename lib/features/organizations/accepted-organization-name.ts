import { ValidationError } from '../../errors/index.js'
import { acceptedName } from '../accepted-name.js'

/** Control characters, line and paragraph separators, and characters that change the direction of text. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u

/** Texts that mail programs turn into links: names are in messages. */
const link = /:\/\/|\bwww\.|\.\p{L}{2,}\//iu

/** A character that readers see. U+2800 is a symbol without ink. */
const visible = /(?!\p{Default_Ignorable_Code_Point}|\u2800)[\p{L}\p{N}\p{P}\p{S}]/u

/** Returns the name of an organisation that a user typed, without surrounding blanks. @throws {ValidationError} names the field `name`. */
export function acceptedOrganizationName(typed: string): string {
  const name = acceptedName(typed)
  if (unprintable.test(name) || link.test(name) || !visible.test(name))
    throw new ValidationError(
      'name',
      'pattern',
      'must have a visible character, and no control characters, line breaks, marks of direction or links',
    )
  return name
}
