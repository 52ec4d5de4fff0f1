import { ValidationError } from '../../errors/index.js'
import { serialisedOrigin } from '../../http/serialised-origin.js'

/** The pages to which the browser may return. */
export interface ReturnPlaces {
  /** The origin of `publicUrl`, which paths belong to. */
  readonly ownOrigin: string
  /** Origins, as browsers write them, of `publicUrl` and `trustedOrigins`. */
  readonly origins: ReadonlySet<string>
}

/** Only printable ASCII without backslash and fragment: browsers remove or reinterpret other characters. */
const plain = /^[!"$-[\]-~]+$/
const path = /^\/(?!\/)/

/**
 * Returns the absolute URL to which the browser may return; `null` for any other text.
 */
export function returnUrl({ ownOrigin, origins }: ReturnPlaces, returnTo: string): string | null {
  if (!plain.test(returnTo)) return null
  if (path.test(returnTo)) return new URL(returnTo, ownOrigin).href
  const origin = serialisedOrigin(returnTo)
  if (origin === null || !origins.has(origin)) return null
  const url = new URL(returnTo)
  return url.username === '' && url.password === '' ? url.href : null
}

/** @throws {ValidationError} The text is neither a path nor a URL of a trusted origin. */
export function acceptedReturnTo(places: ReturnPlaces, returnTo: string): string {
  const url = returnUrl(places, returnTo)
  if (url !== null) return url
  throw new ValidationError(
    'returnTo',
    'format',
    'must be a path that begins with one slash, or a URL of a trusted origin, without a fragment',
  )
}
