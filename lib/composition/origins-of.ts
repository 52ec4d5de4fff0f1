import { serialisedOrigin } from '../http/serialised-origin.js'
import type { ResolvedOptions } from './options/resolve-options.js'

/** Returns the origins whose pages may send requests with cookies. */
export function originsOf({
  publicUrl,
  trustedOrigins,
}: Pick<ResolvedOptions, 'publicUrl' | 'trustedOrigins'>): ReadonlySet<string> {
  const trusted = publicUrl === undefined ? trustedOrigins : [publicUrl, ...trustedOrigins]
  return new Set(trusted.map(serialisedOrigin).filter(origin => origin !== null))
}
