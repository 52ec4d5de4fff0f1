/**
 * Returns the text if every database can store it byte for byte. U+0000 ends a string in some databases. A lone surrogate
 * has no UTF-8 form, so two different strings would become equal.
 * @throws {TypeError} The text contains one of them. The message omits the text, which may be secret.
 */
export function storableText(text: string): string {
  if (text.includes('\0')) throw new TypeError('Text with the character U+0000 cannot be stored')
  if (!text.isWellFormed()) throw new TypeError('Text with a lone surrogate (ill-formed UTF-16) cannot be stored')
  return text
}
