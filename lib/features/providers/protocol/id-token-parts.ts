import type { JsonObject } from './openid-client.js'
import { InvalidAnswerError } from './provider-errors.js'

const longest = 16_384

function objectIn(part: string | undefined): JsonObject {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString())
    if (typeof value === 'object' && value !== null) return value as JsonObject
  } catch {}
  throw new InvalidAnswerError('id_token')
}

/**
 * Returns header and claims of an ID token, unverified. They select which key and which of our own client IDs the
 * verification expects, and prove nothing.
 * @throws {InvalidAnswerError} They are unreadable, or the token is longer than 16,384 characters.
 */
export function idTokenParts(idToken: string): { readonly header: JsonObject; readonly claims: JsonObject } {
  if (idToken.length > longest) throw new InvalidAnswerError('id_token')
  const [header, claims] = idToken.split('.', 2)
  return { header: objectIn(header), claims: objectIn(claims) }
}
