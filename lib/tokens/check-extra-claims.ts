import type { ExtraClaims } from './extra-claims.js'

/** Our claims, and those with a standard meaning (RFC 7519, section 4.1; RFC 7800; RFC 8693; RFC 9068). */
const reservedClaims = new Set(
  'iss aud sub sid gen iat exp nbf jti auth_time amr email cnf act may_act scope client_id'.split(' '),
)

/** The claims of an application with organisations. */
const organizationClaims = new Set(['org', 'org_role'])

/** What determines which claims are ours. */
export interface OwnClaims {
  readonly hasOrganizations: boolean
}

function isReserved(name: string, { hasOrganizations }: OwnClaims): boolean {
  return reservedClaims.has(name) || (hasOrganizations && organizationClaims.has(name))
}

/** In bytes of JSON: a browser keeps no cookie of over 4,096 bytes, and every request carries it. */
const maximumBytes = 1024

/**
 * Validates the further claims of an access token.
 * @throws {TypeError} The value is not an object, is too large, or has a reserved name.
 */
export function checkExtraClaims(claims: unknown, own: OwnClaims): ExtraClaims {
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) {
    throw new TypeError('The option "claims" of fast-auth must return an object')
  }
  const text = JSON.stringify(claims)
  if (Buffer.byteLength(text) > maximumBytes) {
    throw new TypeError(`The option "claims" of fast-auth must return at most ${maximumBytes} bytes of JSON`)
  }
  const written: Record<string, unknown> = JSON.parse(text)
  const reserved = Object.keys(written).find(name => isReserved(name, own) || name === '__proto__')
  if (reserved === undefined) return written
  throw new TypeError(`The option "claims" of fast-auth must not set "${reserved}": it is a registered claim`)
}

/** Returns a deep copy of a value from JSON. */
function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyOf)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copyOf(inner)]))
}

/** Returns the further claims of a token. They are a copy: if the caller modifies them, the next call returns them unchanged. */
export function extraClaimsOf(claims: object, own: OwnClaims): ExtraClaims {
  const extra = Object.entries(claims).filter(([name]) => !isReserved(name, own))
  return Object.fromEntries(extra.map(([name, value]) => [name, copyOf(value)]))
}
