/**
 * Refuses U+0000 and lone surrogates anywhere in a request, as SQL databases do or should: the first cannot be stored
 * everywhere, the second has no UTF-8 form, so that two different strings would become one.
 * @throws {TypeError}
 */
export function refuseIllFormedText(value: unknown): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) throw new TypeError('Text holds U+0000 or a lone surrogate')
  } else if (typeof value === 'object' && value !== null) {
    for (const [field, content] of Object.entries(value)) {
      refuseIllFormedText(field)
      refuseIllFormedText(content)
    }
  }
}
