import { type Static, Type } from '@sinclair/typebox'
import type { Provider, ProviderClient } from './provider.js'

/** How the identities of other providers belong to accounts. */
export const IdentityOptions = Type.Object(
  {
    /**
     * Links an identity at its first sign-in to the account with the same address, if both have proven the address. If it
     * is `false`, the sign-in is refused, and a message asks the owner to link the provider when signed in.
     * @default false
     */
    linkVerified: Type.Optional(Type.Boolean({ default: false })),
    /**
     * Path or URL to which the browser returns if a sign-in names none, or did not begin in this browser.
     * @default '/'
     */
    returnTo: Type.Optional(Type.String({ minLength: 1, maxLength: 2000, default: '/' })),
    /**
     * Maximum number of identities per user.
     * @default 20
     */
    maximumPerUser: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  },
  { additionalProperties: false },
)
export type IdentityOptions = Static<typeof IdentityOptions>

/** The options with all defaults filled in. */
export interface ProviderSettings extends Required<IdentityOptions> {
  readonly providers: readonly Provider[]
}

/** A provider of the application, and its client. */
export interface ConnectedProvider {
  readonly provider: Provider
  readonly client: ProviderClient
}
