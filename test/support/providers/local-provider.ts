import { randomUUID } from 'node:crypto'
import type { Test } from 'tap'
import { type OidcOptions, oidc, type Provider } from '../../../lib/features/providers/providers.js'
import { clientId, clientSecret } from './provider-flow.js'
import { type Claims, type SigningKey, signingKey } from './signing-key.js'
import { type StandInServer, standInServer } from './stand-in-server.js'

export interface LocalProvider {
  /** For the option `providers`. */
  readonly provider: Provider
  readonly name: string
  readonly issuer: string
  readonly server: StandInServer
  readonly key: SigningKey
  /** Signs a user in at the provider, and returns the parameters of the callback. A code works once, with the right verifier. */
  approve(url: URL, claims: Claims): URLSearchParams
  /** What the provider answers if the user cancels. */
  deny(url: URL): URLSearchParams
  /** An ID token for a native app. */
  idToken(claims: Claims, nonce: string): string
  /** Answers every request with 503, or works again. */
  setDown(isDown: boolean): void
}

export type LocalProviderSettings = Partial<OidcOptions> & { readonly clock?: () => number }

/** A provider on a loopback address that any user of a test can sign in at. It trusts what the test says about the user. */
export async function localProvider(
  t: Test,
  { clock = Date.now, name = 'acme', ...options }: LocalProviderSettings = {},
): Promise<LocalProvider> {
  const server = await standInServer(t)
  const issuer = server.url
  const key = signingKey()
  const codes = new Map<string, { readonly nonce: string; readonly claims: Claims }>()

  function idToken(claims: Claims, nonce: string): string {
    const seconds = Math.floor(clock() / 1000)
    return key.sign({ iss: issuer, aud: clientId, iat: seconds, exp: seconds + 300, nonce, ...claims })
  }

  function setDown(isDown: boolean): void {
    const metadata = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      id_token_signing_alg_values_supported: ['ES256'],
    }
    const down = { status: 503, body: {} }
    server.answer('/.well-known/openid-configuration', isDown ? down : { body: metadata })
    server.answer('/jwks', isDown ? down : { body: { keys: [key.jwk] } })
    server.answer('/token', ({ body }) => {
      if (isDown) return down
      const code = String(new URLSearchParams(body).get('code'))
      const known = codes.get(code)
      codes.delete(code)
      if (known === undefined) return { status: 400, body: { error: 'invalid_grant' } }
      const id_token = idToken(known.claims, known.nonce)
      return { body: { access_token: `access-${code}`, token_type: 'Bearer', expires_in: 600, id_token } }
    })
  }
  setDown(false)

  const stateOf = (url: URL) => String(url.searchParams.get('state'))
  const provider = oidc({
    ...{ name, displayName: 'Acme', issuer, clientId, clientSecret, vouchesForEmail: true },
    ...options,
  })
  return {
    ...{ provider, name, issuer, server, key, idToken, setDown },
    approve(url, claims) {
      const code = randomUUID()
      codes.set(code, { nonce: String(url.searchParams.get('nonce')), claims })
      return new URLSearchParams({ code, state: stateOf(url) })
    },
    deny: url => new URLSearchParams({ error: 'access_denied', state: stateOf(url) }),
  }
}
