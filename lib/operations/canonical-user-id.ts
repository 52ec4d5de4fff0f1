const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/

/** What is said of a text that is no id. */
export const userIdRule = 'must be a UUID such as 3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11'

/** The id in lower case, as it is stored; `null` if the text is no UUID (RFC 9562). */
export function canonicalUserId(text: string): string | null {
  const id = text.toLowerCase()
  return uuid.test(id) ? id : null
}
