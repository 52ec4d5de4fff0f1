import { domainToASCII } from 'node:url'

const maximumLength = 254
const maximumLocalLength = 64
/** RFC 5322's dot-atom, ASCII only: no quotes, no comma, no semicolon, no blank. */
const atom = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+$/
/** A DNS label (RFC 5890): letters, digits and inner hyphens. */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
/** What a domain may hold before Unicode is mapped; `domainToASCII` would decode `%40` and the like. */
const domainText = /^[A-Za-z0-9.\u0080-\u{10ffff}-]+$/u

function canonicalLocalPart(local: string): string | null {
  if (local.length > maximumLocalLength || !local.split('.').every(part => atom.test(part))) return null
  return local.toLowerCase()
}

function canonicalDomain(text: string): string | null {
  if (!domainText.test(text)) return null
  const domain = domainToASCII(text)
  const labels = domain.split('.')
  // `domainToASCII` has made every number at the end into an IPv4 address.
  const isAddress = /\.\d+$/.test(domain)
  return labels.length < 2 || isAddress || !labels.every(part => label.test(part)) ? null : domain
}

/**
 * The one form of an address that identifies a user: ASCII lower case, international domains as A-labels (UTS #46). No
 * provider's own rules (dots, plus signs) are applied. Computed here and nowhere else; no database's idea of case or
 * collation takes part.
 * @returns `null` for anything that isn't one plain address: over 254 characters, quoted or non-ASCII local part,
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
