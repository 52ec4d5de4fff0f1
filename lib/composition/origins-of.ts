import { serialisedOrigin } from '../http/serialised-origin.js'

/** Returns the origins whose pages may send requests with cookies. */
export function originsOf({
  publicUrl,
  trustedOrigins,
}: {
  readonly publicUrl?: string | undefined
  readonly trustedOrigins: readonly string[]
}): ReadonlySet<string> {
  const trusted = publicUrl === undefined ? trustedOrigins : [publicUrl, ...trustedOrigins]
  return new Set(trusted.map(serialisedOrigin).filter(origin => origin !== null))
}
