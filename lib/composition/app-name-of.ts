import type { ResolvedOptions } from './options/resolve-options.js'

/** Returns the name of the application for people: as set for messages, or its host, or its issuer. */
export function appNameOf({
  email,
  publicUrl,
  issuer,
}: Pick<ResolvedOptions, 'email' | 'issuer'> & { readonly publicUrl?: string | undefined }): string {
  return email?.appName ?? (publicUrl === undefined ? issuer : new URL(publicUrl).hostname)
}
