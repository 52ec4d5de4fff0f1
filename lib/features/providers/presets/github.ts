import { assertOptions, trueOrFalse, url } from '../protocol/assert-options.js'
import {
  type ClientOptions,
  type ClientSecretOptions,
  clientRules,
  clientSettings,
  secretRules,
} from '../protocol/client-options.js'
import { createOAuth2Provider, type LoadProfile } from '../protocol/oauth2-provider.js'
import type { Fetch, Provider } from '../provider.js'

/** The options of `github`. */
export interface GitHubOptions extends ClientOptions, ClientSecretOptions {
  /**
   * URL of GitHub Enterprise: your own server, or a subdomain of `ghe.com`.
   * @default 'https://github.com'
   */
  readonly baseUrl?: string
  /**
   * Trusts the addresses that the server calls verified. The administrators of a server can set them.
   * @default true for github.com, false for GitHub Enterprise
   */
  readonly vouchesForEmail?: boolean
}

const cloud = 'https://github.com'
const rules = { ...clientRules, ...secretRules, baseUrl: url, vouchesForEmail: trueOrFalse }

/** Returns the URL of the API, which is on another host for github.com and ghe.com. */
function apiOf(base: string): string {
  const { host, protocol } = new URL(base)
  return host === 'github.com' || host.endsWith('.ghe.com') ? `${protocol}//api.${host}` : `${base}/api/v3`
}

/** Returns the JSON of an answer of the API; `null` if it is none, or the token may not see it. */
async function resource(fetch: Fetch, address: string, accessToken: string): Promise<unknown> {
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${accessToken}`,
    'user-agent': 'fast-auth',
    'x-github-api-version': '2022-11-28',
  }
  const response = await fetch(address, { headers })
  return response.status === 200 ? response.json().catch(() => null) : null
}

/** Returns the primary address and whether it is verified. The public one in `GET /user` may be any, without a verification. */
function primaryEmail(emails: unknown): { readonly email?: string; readonly isEmailVerified?: boolean } {
  const list: readonly unknown[] = Array.isArray(emails) ? emails : []
  const { email, verified } = Object(list.find(entry => Object(entry).primary === true))
  return { email, isEmailVerified: verified }
}

function profileLoader(api: string): LoadProfile {
  return async ({ accessToken, fetch }) => {
    const [user, emails] = await Promise.all([
      resource(fetch, `${api}/user`, accessToken),
      resource(fetch, `${api}/user/emails`, accessToken),
    ])
    const { id, login, name, avatar_url } = Object(user)
    return { subject: id, name: name ?? login, picture: avatar_url, ...primaryEmail(emails) }
  }
}

/**
 * Creates the provider GitHub, which speaks OAuth 2.0. In "Developer settings", create an OAuth app with the URL of the
 * callback, or a GitHub app that may read e-mail addresses. The identity is the numeric ID, since names can be changed and
 * reused. The address is the primary one.
 * @throws {OptionInvalidError} An option is missing, unknown or wrong.
 * @see https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
 * @example
 * ```ts
 * import { github } from 'fast-auth/providers'
 *
 * const provider = github({ clientId: 'Iv1.0123456789abcdef', clientSecret: '0123…' })
 * ```
 */
export function github(options: GitHubOptions): Provider {
  assertOptions('github', options, rules)
  const { clientSecret, baseUrl = cloud } = options
  const base = baseUrl.replace(/\/$/, '')
  const { vouchesForEmail = base === cloud } = options
  return createOAuth2Provider({
    ...clientSettings('github', options, { displayName: 'GitHub', scopes: ['read:user', 'user:email'] }),
    urls: { baseUrl },
    // The value of the parameter `iss` (RFC 9207), which GitHub sends since 2026.
    issuer: `${base}/login/oauth`,
    responseMode: 'query',
    clientSecret,
    tokenEndpointAuthMethod: 'client_secret_post',
    authorizationEndpoint: `${base}/login/oauth/authorize`,
    tokenEndpoint: `${base}/login/oauth/access_token`,
    loadProfile: profileLoader(apiOf(base)),
    vouchesForEmail,
  })
}
