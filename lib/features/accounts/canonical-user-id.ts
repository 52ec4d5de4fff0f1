const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/

/** The problem of a text that is not an id. */
export const userIdRule = 'must be a UUID such as 3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11'

/** Returns the id in lower case, as it is stored, or `null` if the text is not a UUID (RFC 9562). */
export function canonicalUserId(text: string): string | null {
  const id = text.toLowerCase()
  return uuid.test(id) ? id : null
}
