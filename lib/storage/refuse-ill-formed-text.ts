/**
 * Rejects U+0000 and lone surrogates anywhere in a request, as SQL databases do or should. Some databases cannot store
 * U+0000. Lone surrogates have no UTF-8 form, so two different strings would become equal.
 * @throws {TypeError} A text contains U+0000 or a lone surrogate.
 */
export function refuseIllFormedText(value: unknown): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) throw new TypeError('Text contains U+0000 or a lone surrogate')
  } else if (typeof value === 'object' && value !== null) {
    for (const [field, content] of Object.entries(value)) {
      refuseIllFormedText(field)
      refuseIllFormedText(content)
    }
  }
}
