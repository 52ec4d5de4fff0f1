import { createHash } from 'node:crypto'
import type { AuthorizationUrl, ProviderClient } from '../provider.js'
import type { ClientSettings } from './client-settings.js'

/** Names of the parameters that the application cannot set. */
export const reservedParameters: ReadonlySet<string> = new Set([
  'client_id',
  'code_challenge',
  'code_challenge_method',
  'login_hint',
  'nonce',
  'redirect_uri',
  'request',
  'request_uri',
  'response_mode',
  'response_type',
  'scope',
  'state',
])

/** Returns the URL of an authorization request, always with PKCE and the method S256 (RFC 7636). */
export function authorizationUrl(
  { clientId, scopes, responseMode, authorizationParameters }: ClientSettings,
  endpoint: string,
  request: Omit<Parameters<ProviderClient['authorizationUrl']>[0], 'nonce'> & {
    readonly redirectUri: string
    readonly nonce: string | null
  },
): AuthorizationUrl {
  const url = new URL(endpoint)
  const parameters = {
    ...authorizationParameters,
    client_id: clientId,
    redirect_uri: request.redirectUri,
    response_type: 'code',
    scope: scopes.join(' '),
    state: request.state,
    code_challenge: createHash('sha256').update(request.codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(request.nonce !== null && { nonce: request.nonce }),
    ...(responseMode === 'form_post' && { response_mode: responseMode }),
    ...(request.loginHint !== undefined && { login_hint: request.loginHint }),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return { outcome: 'ready', url }
}
