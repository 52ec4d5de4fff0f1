import { assertOptions, matching } from '../protocol/assert-options.js'
import {
  type ClientOptions,
  type ClientSecretOptions,
  clientRules,
  type NativeAppOptions,
  nativeAppRules,
  oidcSettings,
  secretRules,
} from '../protocol/client-options.js'
import { createOidcProvider } from '../protocol/oidc-provider.js'
import type { Provider } from '../provider.js'

/** The options of `google`. */
export interface GoogleOptions extends ClientOptions, ClientSecretOptions, NativeAppOptions {
  /**
   * Domain of a Google Workspace organisation, such as `example.com`. Only its accounts can sign in: the ID token is checked.
   * @default none: all accounts
   */
  readonly hd?: string
}

const rules = {
  ...clientRules,
  ...secretRules,
  ...nativeAppRules,
  hd: matching(/^[a-z0-9.-]{1,253}$/, 'a domain in lower case, such as example.com'),
}

/**
 * Creates the provider Google. In the Google Cloud console, create an OAuth client ID of the type "Web application", and add
 * the URL of the callback to "Authorized redirect URIs". An address counts as verified if `email_verified` is `true`.
 * Android apps request tokens under their own client ID, the claim `azp`: list it in `nativeClientIds`.
 * @throws {OptionInvalidError} An option is missing, unknown or wrong.
 * @see https://developers.google.com/identity/openid-connect/openid-connect
 * @example
 * ```ts
 * import { google } from 'fast-auth/providers'
 *
 * const provider = google({ clientId: '1234-abc.apps.googleusercontent.com', clientSecret: 'GOCSPX-…' })
 * ```
 */
export function google(options: GoogleOptions): Provider {
  assertOptions('google', options, rules)
  const { clientSecret, hd } = options
  const settings = oidcSettings('google', options, { displayName: 'Google', issuer: 'https://accounts.google.com' })
  return createOidcProvider({
    ...settings,
    authorizationParameters: { ...settings.authorizationParameters, ...(hd !== undefined && { hd }) },
    clientSecret,
    isEmailVerified: claims => claims.email_verified === true,
    refusalOf: claims => (hd === undefined || claims.hd === hd ? null : 'domain'),
  })
}
