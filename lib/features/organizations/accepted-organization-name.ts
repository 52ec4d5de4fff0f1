import { ValidationError } from '../../errors/index.js'
import { acceptedName } from '../accepted-name.js'

/** Control characters, line and paragraph separators, and characters that change the direction of text. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u

/**
 * Texts that mail programs turn into links: a scheme, `www.`, a host with a path, a port, a query or a fragment, and an IP
 * address. A bare domain or a mail address may be a name.
 */
const links = [
  /:[/\\]|\b(?:mailto|tel|sms|https?|ftp):\S/iu,
  /\bwww\./iu,
  /\.(?:\p{L}{2,}|xn--[\w-]+)(?:[/\\?#]|:\d)/iu,
  /\b\d{1,3}(?:\.\d{1,3}){3}\b/u,
]

/** Returns whether a reader's mail program may turn the name into a link, also if its dots or letters are only similar. */
function hasLink(name: string): boolean {
  const plain = name
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll('\u3002', '.')
  return links.some(link => link.test(plain))
}

/** A character that readers see. U+2800 is a symbol without ink. */
const visible = /(?!\p{Default_Ignorable_Code_Point}|\u2800)[\p{L}\p{N}\p{P}\p{S}]/u

/** Returns the name of an organisation that a user typed, without surrounding blanks. @throws {ValidationError} names the field `name`. */
export function acceptedOrganizationName(typed: string): string {
  const name = acceptedName(typed)
  if (unprintable.test(name) || hasLink(name) || !visible.test(name))
    throw new ValidationError(
      'name',
      'pattern',
      'must have a visible character, and no control characters, line breaks, marks of direction or links',
    )
  return name
}
