import type { ExtraClaims } from './extra-claims.js'

/** Ours, and those that verifiers give a meaning of their own (RFC 7519, section 4.1; RFC 7800; RFC 8693; RFC 9068). */
const reservedClaims = new Set(
  'iss aud sub sid gen iat exp nbf jti auth_time email cnf act may_act scope client_id'.split(' '),
)

/** In bytes of JSON: a browser keeps no cookie of over 4,096 bytes, and every request carries it. */
const maximumBytes = 1024

/**
 * What may stand in an access token beside our own claims.
 * @throws {TypeError} It is no object, too large, or has a name that is not the application's to set.
 */
export function checkExtraClaims(claims: unknown): ExtraClaims {
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) {
    throw new TypeError('The option "claims" of fast-auth must return an object')
  }
  const text = JSON.stringify(claims)
  if (Buffer.byteLength(text) > maximumBytes) {
    throw new TypeError(`The option "claims" of fast-auth must return at most ${maximumBytes} bytes of JSON`)
  }
  const written: Record<string, unknown> = JSON.parse(text)
  const reserved = Object.keys(written).find(name => reservedClaims.has(name) || name === '__proto__')
  if (reserved === undefined) return written
  throw new TypeError(`The option "claims" of fast-auth must not set "${reserved}": it is a registered claim`)
}

/** A copy, nested ones included, of what came from JSON. */
function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyOf)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copyOf(inner)]))
}

/** The claims of a token that are not ours. They are the caller's own: whatever is done to them, the next reading has them unchanged. */
export function extraClaimsOf(claims: object): ExtraClaims {
  const extra = Object.entries(claims).filter(([name]) => !reservedClaims.has(name))
  return Object.fromEntries(extra.map(([name, value]) => [name, copyOf(value)]))
}
