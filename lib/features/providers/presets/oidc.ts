import { OptionInvalidError } from '../../../errors/index.js'
import { ascii, assertOptions, oneOf, required, trueOrFalse, url } from '../protocol/assert-options.js'
import {
  type ClientOptions,
  clientRules,
  type NativeAppOptions,
  nativeAppRules,
  oidcSettings,
} from '../protocol/client-options.js'
import type { TokenEndpointAuthMethod } from '../protocol/client-settings.js'
import { createOidcProvider } from '../protocol/oidc-provider.js'
import type { Provider } from '../provider.js'

/** The options of `oidc`. */
export interface OidcOptions extends ClientOptions, NativeAppOptions {
  /** Identifier in paths, such as `acme` in `/auth/providers/acme/callback`. */
  readonly name: string
  /** Name for people, for example on buttons. */
  readonly displayName: string
  /**
   * Issuer, exactly as the provider writes it: a final slash matters. Its metadata are at
   * `<issuer>/.well-known/openid-configuration`.
   */
  readonly issuer: string
  /**
   * Client secret that the provider issued for the application.
   * @default none: the provider knows the client by PKCE only
   */
  readonly clientSecret?: string
  /**
   * Trusts the addresses that the provider calls verified. Do so only if no user and no administrator of the provider can
   * claim an address of others.
   * @default false
   */
  readonly vouchesForEmail?: boolean
  /**
   * Way in which the provider returns to the callback: GET with a query, or POST with a form.
   * @default 'query'
   */
  readonly responseMode?: 'query' | 'form_post'
  /**
   * Way in which the client sends its secret.
   * @default 'client_secret_post' if the metadata list it, otherwise 'client_secret_basic'
   */
  readonly tokenEndpointAuthMethod?: TokenEndpointAuthMethod
}

const rules = {
  ...clientRules,
  ...nativeAppRules,
  name: required(clientRules.name),
  displayName: required(clientRules.displayName),
  issuer: required(url),
  clientSecret: ascii(2000),
  vouchesForEmail: trueOrFalse,
  responseMode: oneOf('query', 'form_post'),
  tokenEndpointAuthMethod: oneOf('client_secret_basic', 'client_secret_post'),
}

/**
 * Creates a provider that speaks OpenID Connect. Register the URL of the callback with it. If the ID token has no address,
 * fast-auth requests the user info endpoint.
 * @throws {OptionInvalidError} An option is missing, unknown or wrong, or contradicts another.
 * @see OpenID Connect Core 1.0
 * @example
 * ```ts
 * import { oidc } from 'fast-auth/providers'
 *
 * const provider = oidc({
 *   name: 'acme',
 *   displayName: 'Acme',
 *   issuer: 'https://login.acme.example',
 *   clientId: 'my-app',
 *   clientSecret: 's3cr3t…',
 * })
 * ```
 */
export function oidc(options: OidcOptions): Provider {
  assertOptions('oidc', options, rules)
  const { displayName, issuer, clientSecret = null, vouchesForEmail = false } = options
  const { responseMode = 'query', tokenEndpointAuthMethod = null } = options
  if (tokenEndpointAuthMethod !== null && clientSecret === null)
    throw new OptionInvalidError('The option "tokenEndpointAuthMethod" of oidc needs the option "clientSecret"')
  return createOidcProvider({
    ...oidcSettings('oidc', options, { displayName, issuer }),
    urls: { issuer },
    clientSecret,
    tokenEndpointAuthMethod,
    responseMode,
    usesUserInfo: true,
    isEmailVerified: claims => vouchesForEmail && claims.email_verified === true,
  })
}
