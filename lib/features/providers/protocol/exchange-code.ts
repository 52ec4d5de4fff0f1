import type { EpochMilliseconds } from '../../../storage/records.js'
import type { ProviderInvalidReason, ProviderTokens } from '../provider.js'
import { configure, jsonAnswer } from './configure.js'
import { orInvalid } from './connection.js'
import type { ClientAuthentication, LibraryFetch, OpenIdClient } from './openid-client.js'
import type { ProviderFetch } from './provider-fetch.js'

interface CodeExchange {
  readonly library: OpenIdClient
  readonly metadata: { readonly issuer: string; readonly token_endpoint: string }
  readonly allowsLoopback: boolean
  readonly fetch: ProviderFetch
  readonly clientId: string
  readonly authentication: ClientAuthentication
  readonly redirectUri: string
  readonly code: string
  readonly state: string
  readonly codeVerifier: string
  readonly now: EpochMilliseconds
}

/** Tokens in the answer of a token endpoint. */
type ExchangedTokens = ProviderTokens & { readonly accessToken: string }

/** Error codes that blame the configuration of the client: those of RFC 6749, section 5.2, and those of GitHub. */
const clientErrors: ReadonlySet<unknown> = new Set([
  'invalid_client',
  'unauthorized_client',
  'incorrect_client_credentials',
  'redirect_uri_mismatch',
])

function reasonOf(error: unknown): ProviderInvalidReason {
  const { code, error: name } = Object(error)
  if (code === 'OAUTH_WWW_AUTHENTICATE_CHALLENGE' || clientErrors.has(name)) return 'client_refused'
  return code === 'OAUTH_RESPONSE_BODY_ERROR' ? 'code_refused' : 'response'
}

/**
 * Exchanges the code of a callback for tokens, none of them verified.
 * @throws {InvalidAnswerError} The provider refuses, or its answer is malformed.
 * @throws {ProviderFailure} The provider does not answer.
 */
export async function exchangeCode(exchange: CodeExchange): Promise<ExchangedTokens> {
  const { library, metadata, allowsLoopback, clientId, authentication, redirectUri, code, state, codeVerifier } =
    exchange
  let idToken: string | null = null

  /**
   * Takes the ID token out of the answer: the library would accept one issuer only, and no tenants. `verifyIdToken` verifies
   * it. GitHub answers errors with status 200.
   */
  const fetch: LibraryFetch = async (url, init) => {
    const response = await exchange.fetch(url, init, { isJson: true })
    if (response.status !== 200) return response
    const { id_token, ...body } = Object(await response.json().catch(() => null))
    if (typeof id_token === 'string') idToken = id_token
    return jsonAnswer(body, typeof body.error === 'string' ? 400 : 200)
  }

  const configuration = configure(library, { metadata, clientId, authentication, fetch, allowsLoopback })
  const callback = new URL(redirectUri)
  callback.search = new URLSearchParams({ code, state }).toString()
  const checks = { expectedState: state, pkceCodeVerifier: codeVerifier }
  const answer = await orInvalid(library.authorizationCodeGrant(configuration, callback, checks), reasonOf)
  const { access_token: accessToken, refresh_token: refreshToken = null, scope = null, expires_in: seconds } = answer
  const expiresAt = seconds === undefined ? null : exchange.now + Math.round(seconds * 1000)
  return { accessToken, refreshToken, idToken, scope, expiresAt }
}
