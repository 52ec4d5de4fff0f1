import { isOrigin } from '../../http/serialised-origin.js'

const androidOrigin = /^android:apk-key-hash:[A-Za-z0-9_-]{43}$/

/** Returns whether browsers allow passkeys on pages of the origin, or it is the origin of an Android app. */
export function isPasskeyOrigin(text: string): boolean {
  if (androidOrigin.test(text)) return true
  if (!isOrigin(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost')
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
