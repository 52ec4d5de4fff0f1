const minimumLength = 3
const maximumLength = 30
const form = /^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/

/** The allowed form of a user name, for error messages. It never contains the name. */
export const usernameRule = `must have ${minimumLength} to ${maximumLength} characters: letters a to z, digits, and single . _ - between them`

/**
 * Returns the canonical form of a user name, which identifies a user: ASCII, in lower case. It is computed only here, so no
 * database collation is involved. ASCII only, since similar names (`ada` with a Cyrillic letter) would otherwise be different
 * users; it is a subset of RFC 8265's UsernameCaseMapped. A user name has no @, so none is an address, and is shorter than a
 * UUID, so none is an id.
 * @returns `null` for anything that is not a valid user name. Linear in its bounded length.
 */
export function canonicalUsername(text: string): string | null {
  if (text.length < minimumLength || text.length > maximumLength) return null
  return form.test(text) ? text.toLowerCase() : null
}
