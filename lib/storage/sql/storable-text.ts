/**
 * The text itself, if every database can hold it byte for byte. U+0000 ends a string in some, and a lone surrogate has no
 * UTF-8 form: two different strings would become one.
 * @throws {TypeError} The message doesn't repeat the text, which may be secret.
 */
export function storableText(text: string): string {
  if (text.includes('\0')) throw new TypeError('Text with the character U+0000 cannot be stored')
  if (!text.isWellFormed()) throw new TypeError('Text with a lone surrogate (ill-formed UTF-16) cannot be stored')
  return text
}
