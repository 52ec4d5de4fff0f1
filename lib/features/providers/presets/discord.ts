import { assertOptions } from '../protocol/assert-options.js'
import {
  type ClientOptions,
  type ClientSecretOptions,
  clientRules,
  clientSettings,
  secretRules,
} from '../protocol/client-options.js'
import { createOAuth2Provider, type LoadProfile } from '../protocol/oauth2-provider.js'
import type { Provider } from '../provider.js'

/** The options of `discord`. */
export interface DiscordOptions extends ClientOptions, ClientSecretOptions {}

const rules = { ...clientRules, ...secretRules }

const loadProfile: LoadProfile = async ({ accessToken, fetch }) => {
  const headers = { authorization: `Bearer ${accessToken}` }
  const response = await fetch('https://discord.com/api/v10/users/@me', { headers })
  if (response.status !== 200) return null
  const user: unknown = await response.json().catch(() => null)
  const { id, username, global_name, avatar, email, verified, locale } = Object(user)
  const picture = typeof avatar === 'string' ? `https://cdn.discordapp.com/avatars/${id}/${avatar}.png` : null
  return { subject: id, email, isEmailVerified: verified, name: global_name ?? username, picture, locale }
}

/**
 * Creates the provider Discord, which speaks OAuth 2.0. In the developer portal, create an application, and add the URL of the
 * callback to its redirects. An address counts as verified if `verified` is `true`.
 * @throws {OptionInvalidError} An option is missing, unknown or wrong.
 * @see https://discord.com/developers/docs/topics/oauth2
 * @example
 * ```ts
 * import { discord } from 'fast-auth/providers'
 *
 * const provider = discord({ clientId: '123456789012345678', clientSecret: 'abc…' })
 * ```
 */
export function discord(options: DiscordOptions): Provider {
  assertOptions('discord', options, rules)
  return createOAuth2Provider({
    ...clientSettings('discord', options, { displayName: 'Discord', scopes: ['identify', 'email'] }),
    issuer: 'https://discord.com',
    responseMode: 'query',
    clientSecret: options.clientSecret,
    tokenEndpointAuthMethod: 'client_secret_post',
    authorizationEndpoint: 'https://discord.com/oauth2/authorize',
    tokenEndpoint: 'https://discord.com/api/oauth2/token',
    loadProfile,
    vouchesForEmail: true,
  })
}
