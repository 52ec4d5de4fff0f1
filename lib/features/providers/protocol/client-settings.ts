import { OptionInvalidError } from '../../../errors/index.js'
import type { EpochMilliseconds } from '../../../storage/records.js'
import type { Provider, ProviderInvalidReason, ProviderProfile } from '../provider.js'
import type { ClientAuthentication, JsonObject, OpenIdClient } from './openid-client.js'
import { isSecureUrl } from './secure-url.js'

/** How the client sends its secret to the token endpoint (RFC 6749, section 2.3.1). */
export type TokenEndpointAuthMethod = 'client_secret_basic' | 'client_secret_post'

/** A provider, with all defaults filled in. */
export interface ClientSettings extends Pick<Provider, 'name' | 'displayName' | 'issuer' | 'responseMode'> {
  /** Function that made the provider, for messages. */
  readonly factory: string
  /** URLs that the developer has set, by option. */
  readonly urls: Readonly<Record<string, string>>
  readonly clientId: string
  /** `null`: the client has none. A function makes one for each use. */
  readonly clientSecret: string | ((now: EpochMilliseconds) => string) | null
  /** `null`: as the metadata of the provider say. */
  readonly tokenEndpointAuthMethod: TokenEndpointAuthMethod | null
  readonly scopes: readonly string[]
  readonly authorizationParameters: Readonly<Record<string, string>>
  readonly timeoutMilliseconds: number
}

/** A provider of OpenID Connect, with all defaults filled in. */
export interface OidcSettings extends ClientSettings {
  readonly discoveryUrl: string
  /** Client IDs of native apps, whose ID tokens are accepted too. */
  readonly nativeClientIds: readonly string[]
  /** Whether the user info endpoint is requested if the ID token has no address. */
  readonly usesUserInfo: boolean
  /** Whether the provider is trusted with addresses, and says that this one belongs to the user. */
  isEmailVerified(claims: JsonObject): boolean
  isPrivateEmail?(claims: JsonObject): boolean
  /** Returns why a valid token is refused; `null` if it is not. */
  refusalOf?(claims: JsonObject): ProviderInvalidReason | null
  /** Returns names in the parameters of the callback. The browser may have made them up. */
  namesIn?(parameters: URLSearchParams): { readonly [Name in keyof ProviderProfile]?: unknown }
}

/**
 * Returns whether requests to this machine may be unencrypted: the developer has configured one.
 * @throws {OptionInvalidError} A URL is not `https`, except on loopback addresses outside production.
 */
export function allowsLoopback({ factory, urls }: ClientSettings, isProduction: boolean): boolean {
  for (const [option, url] of Object.entries(urls))
    if (!isSecureUrl(url, !isProduction))
      throw new OptionInvalidError(
        `The option "${option}" of ${factory} must be an https URL; http is allowed on loopback addresses, but not in production`,
      )
  return Object.values(urls).some(url => new URL(url).protocol === 'http:')
}

/** Returns how the client authenticates itself with its secret. Without one, it only names itself. */
export function clientAuthentication(
  library: OpenIdClient,
  { clientSecret, tokenEndpointAuthMethod }: ClientSettings,
  { acceptsSecretInBody, now }: { readonly acceptsSecretInBody: boolean; readonly now: EpochMilliseconds },
): ClientAuthentication {
  if (clientSecret === null) return library.None()
  const secret = typeof clientSecret === 'string' ? clientSecret : clientSecret(now)
  const method = tokenEndpointAuthMethod ?? (acceptsSecretInBody ? 'client_secret_post' : 'client_secret_basic')
  return method === 'client_secret_post' ? library.ClientSecretPost(secret) : library.ClientSecretBasic(secret)
}
