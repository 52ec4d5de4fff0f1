import { assertOptions, trueOrFalse, url } from '../protocol/assert-options.js'
import {
  type ClientOptions,
  type ClientSecretOptions,
  clientRules,
  oidcSettings,
  secretRules,
} from '../protocol/client-options.js'
import { createOidcProvider } from '../protocol/oidc-provider.js'
import type { Provider } from '../provider.js'

/** The options of `gitlab`. */
export interface GitLabOptions extends ClientOptions, ClientSecretOptions {
  /**
   * URL of your own GitLab server, as its metadata name it.
   * @default 'https://gitlab.com'
   */
  readonly issuer?: string
  /**
   * Trusts the addresses that the server calls verified. The administrators of a server can set them.
   * @default true for gitlab.com, false for your own server
   */
  readonly vouchesForEmail?: boolean
}

const cloud = 'https://gitlab.com'
const rules = { ...clientRules, ...secretRules, issuer: url, vouchesForEmail: trueOrFalse }

/**
 * Creates the provider GitLab. In the settings of a user, a group or the server, create an application with the scopes
 * `openid`, `email` and `profile` and the URL of the callback.
 * @throws {OptionInvalidError} An option is missing, unknown or wrong.
 * @see https://docs.gitlab.com/integration/openid_connect_provider
 * @example
 * ```ts
 * import { gitlab } from 'fast-auth/providers'
 *
 * const provider = gitlab({ issuer: 'https://git.example.com', clientId: 'abc…', clientSecret: 'gloas-…' })
 * ```
 */
export function gitlab(options: GitLabOptions): Provider {
  assertOptions('gitlab', options, rules)
  const { clientSecret, issuer = cloud, vouchesForEmail = issuer === cloud } = options
  return createOidcProvider({
    ...oidcSettings('gitlab', options, { displayName: 'GitLab', issuer }),
    urls: { issuer },
    clientSecret,
    usesUserInfo: true,
    isEmailVerified: claims => vouchesForEmail && claims.email_verified === true,
  })
}
