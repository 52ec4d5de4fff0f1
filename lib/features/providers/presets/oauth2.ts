import { ascii, assertOptions, required, trueOrFalse, url } from '../protocol/assert-options.js'
import {
  type ClientOptions,
  type ClientSecretOptions,
  clientRules,
  clientSettings,
  secretRules,
} from '../protocol/client-options.js'
import { createOAuth2Provider, type LoadProfile } from '../protocol/oauth2-provider.js'
import type { Provider } from '../provider.js'

/** The options of `oauth2`. */
export interface OAuth2Options extends ClientOptions, ClientSecretOptions {
  /** Identifier in paths, such as `acme` in `/auth/providers/acme/callback`. */
  readonly name: string
  /** Name for people, for example on buttons. */
  readonly displayName: string
  /**
   * Stable identifier of the provider. If you change it, all its identities are lost. If the provider sends the parameter
   * `iss` (RFC 9207), it must be this one.
   */
  readonly issuer: string
  /** URL to which the browser is sent. */
  readonly authorizationEndpoint: string
  /** URL at which fast-auth exchanges codes for tokens. It must answer with JSON. */
  readonly tokenEndpoint: string
  /**
   * Scopes that the application requests of the user.
   * @default none
   */
  readonly scopes?: readonly string[]
  /**
   * Loads the user of an access token from the API of the provider. Use the given `fetch`, which limits the time and the size of
   * answers. If the function throws, the sign-in fails, and the error is logged.
   * @example
   * ```ts
   * import type { OAuth2Options } from 'fast-auth/providers'
   *
   * const loadProfile: OAuth2Options['loadProfile'] = async ({ accessToken, fetch }) => {
   *   const response = await fetch('https://api.acme.example/me', { headers: { authorization: `Bearer ${accessToken}` } })
   *   if (!response.ok) return null
   *   const { id, email, verified, name } = await response.json()
   *   return { subject: id, email, isEmailVerified: verified, name }
   * }
   * ```
   */
  readonly loadProfile: LoadProfile
  /**
   * Trusts the addresses that `loadProfile` calls verified. Do so only if no user and no administrator of the provider can
   * claim an address of others.
   * @default false
   */
  readonly vouchesForEmail?: boolean
}

const rules = {
  ...clientRules,
  ...secretRules,
  name: required(clientRules.name),
  displayName: required(clientRules.displayName),
  issuer: required(ascii(500)),
  authorizationEndpoint: required(url),
  tokenEndpoint: required(url),
  loadProfile: required({ allowed: 'a function', accepts: value => typeof value === 'function' }),
  vouchesForEmail: trueOrFalse,
}

/**
 * Creates a provider that speaks OAuth 2.0 without OpenID Connect, and whose API identifies the user. Register the URL of the
 * callback with it. The client secret is sent in the body.
 * @throws {OptionInvalidError} An option is missing, unknown or wrong.
 * @see RFC 6749, section 4.1
 * @example
 * ```ts
 * import { oauth2 } from 'fast-auth/providers'
 *
 * const provider = oauth2({
 *   name: 'acme',
 *   displayName: 'Acme',
 *   issuer: 'https://acme.example',
 *   authorizationEndpoint: 'https://acme.example/oauth/authorize',
 *   tokenEndpoint: 'https://acme.example/oauth/token',
 *   clientId: 'my-app',
 *   clientSecret: 's3cr3t…',
 *   scopes: ['profile'],
 *   async loadProfile({ accessToken, fetch }) {
 *     const response = await fetch('https://acme.example/me', { headers: { authorization: `Bearer ${accessToken}` } })
 *     const { id, name } = await response.json()
 *     return { subject: id, name }
 *   },
 * })
 * ```
 */
export function oauth2(options: OAuth2Options): Provider {
  assertOptions('oauth2', options, rules)
  const { displayName, issuer, clientSecret, authorizationEndpoint, tokenEndpoint } = options
  const { loadProfile, vouchesForEmail = false } = options
  return createOAuth2Provider({
    ...clientSettings('oauth2', options, { displayName, scopes: [] }),
    urls: { authorizationEndpoint, tokenEndpoint },
    issuer,
    responseMode: 'query',
    clientSecret,
    tokenEndpointAuthMethod: null,
    authorizationEndpoint,
    tokenEndpoint,
    loadProfile,
    vouchesForEmail,
  })
}
