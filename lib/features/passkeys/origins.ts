import { isIP } from 'node:net'
import { isOrigin } from '../../http/serialised-origin.js'

/** A domain in lower case with a dot, or localhost: the form of the option `rpId`. */
export const domainPattern =
  '^(?=.{1,253}$)(localhost|([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?)$'

const androidOrigin = /^android:apk-key-hash:[A-Za-z0-9_-]{43}$/

/** Returns whether browsers allow passkeys on pages of the origin, or it is the origin of an Android app. Passkeys need a domain. */
export function isPasskeyOrigin(text: string): boolean {
  if (androidOrigin.test(text)) return true
  if (!isOrigin(text)) return false
  const { protocol, hostname } = new URL(text)
  if (protocol === 'https:') return isIP(hostname.replace(/[[\]]/g, '')) === 0
  return protocol === 'http:' && (hostname === 'localhost' || hostname.endsWith('.localhost'))
}

/** Returns whether pages of the origin belong to the domain. */
export function isInDomain(origin: string, domain: string): boolean {
  const { hostname } = new URL(origin)
  return hostname === domain || hostname.endsWith(`.${domain}`)
}

/**
 * Returns the origins of pages if one of them is outside the domain `rpId`; none otherwise. Browsers look for them in
 * `/.well-known/webauthn`.
 */
export function relatedOrigins({
  rpId,
  origins,
}: {
  readonly rpId: string
  readonly origins: readonly string[]
}): readonly string[] {
  const ofPages = origins.filter(origin => !androidOrigin.test(origin))
  return ofPages.every(origin => isInDomain(origin, rpId)) ? [] : ofPages
}
