const minimumLength = 3
const maximumLength = 30
const form = /^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/

/** What a user name may be, for the sentence of a refusal. It never repeats the name. */
export const usernameRule = `must have ${minimumLength} to ${maximumLength} characters: letters a to z, digits, and single . _ - between them`

/**
 * The one form of a user name that identifies a user: ASCII, in lower case. Computed here and nowhere else; no database's
 * idea of case or collation takes part. ASCII alone, because names that look alike (`ada` with a Cyrillic letter in it)
 * would else be two people; it is a part of RFC 8265's UsernameCaseMapped. Nothing with an @ is one, so none is an
 * address, and nothing as long as a UUID, so none is an id.
 * @returns `null` for anything that no user name can be. Linear in its bounded length.
 */
export function canonicalUsername(text: string): string | null {
  if (text.length < minimumLength || text.length > maximumLength) return null
  return form.test(text) ? text.toLowerCase() : null
}
