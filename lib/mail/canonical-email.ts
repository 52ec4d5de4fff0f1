import { domainToASCII } from 'node:url'

const maximumLength = 254
const maximumLocalLength = 64
/** The dot-atom of RFC 5322, ASCII only: without quotes, commas, semicolons and spaces. */
const atom = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+$/
/** A DNS label (RFC 5890): letters, digits and inner hyphens. */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
/** The characters of a domain before Unicode is mapped. Excludes `%`: `domainToASCII` would decode `%40`. */
const domainText = /^[A-Za-z0-9.\u0080-\u{10ffff}-]+$/u

function canonicalLocalPart(local: string): string | null {
  if (local.length > maximumLocalLength || !local.split('.').every(part => atom.test(part))) return null
  return local.toLowerCase()
}

function canonicalDomain(text: string): string | null {
  if (!domainText.test(text)) return null
  const domain = domainToASCII(text)
  const labels = domain.split('.')
  // `domainToASCII` converts every domain that ends in a number to an IPv4 address.
  const isAddress = /\.\d+$/.test(domain)
  return labels.length < 2 || isAddress || !labels.every(part => label.test(part)) ? null : domain
}

/**
 * Returns the canonical form of an address, which identifies a user: ASCII lower case, international domains as A-labels
 * (UTS #46). Applies no rules of providers (dots, plus signs). Only this function computes it, so the case and collation
 * rules of a database have no effect.
 * @returns `null` for anything that is not one plain address: over 254 characters, quoted or non-ASCII local part,
 * display name, several addresses, a domain without a dot, an IP address. Linear in its bounded length.
 */
export function canonicalEmail(text: string): string | null {
  if (text.length > maximumLength) return null
  const at = text.indexOf('@')
  if (at < 1) return null
  const local = canonicalLocalPart(text.slice(0, at))
  const domain = canonicalDomain(text.slice(at + 1))
  if (local === null || domain === null) return null
  const canonical = `${local}@${domain}`
  return canonical.length > maximumLength ? null : canonical
}
