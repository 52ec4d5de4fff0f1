/** The options from which the application has its name. */
export interface NamedApplication {
  readonly email: { readonly appName?: string | undefined } | null
  readonly publicUrl?: string | undefined
  readonly issuer: string
}

/** Returns the name of the application for people: as set for messages, or its host, or its issuer. */
export function appNameOf({ email, publicUrl, issuer }: NamedApplication): string {
  return email?.appName ?? (publicUrl === undefined ? issuer : new URL(publicUrl).hostname)
}
