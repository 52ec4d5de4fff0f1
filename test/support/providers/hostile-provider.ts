import type { Test } from 'tap'
import type {
  ProviderAnswer,
  ProviderClient,
  ProviderEnvironment,
  ProviderFlow,
} from '../../../lib/features/providers/provider.js'
import { type OidcOptions, oidc } from '../../../lib/features/providers/providers.js'
import { callbackOf, clientId, clientSecret, newFlow, redirectUri } from './provider-flow.js'
import { type Claims, type SigningKey, signingKey } from './signing-key.js'
import { type StandInServer, standInServer } from './stand-in-server.js'

interface SignIn {
  readonly flow?: ProviderFlow
  /** Parameters of the callback, beside code and state. */
  readonly callback?: Readonly<Record<string, string | undefined>>
  /** Claims of the ID token, beside the right ones. `undefined` leaves one out. */
  readonly claims?: Claims
  readonly header?: Claims
  /** Makes the whole ID token from its claims. */
  readonly token?: (claims: Claims) => unknown
  /** Members of the answer of the token endpoint, beside the right ones. */
  readonly answer?: Claims
  readonly now?: number
}

export interface HostileProvider {
  readonly server: StandInServer
  readonly issuer: string
  readonly client: ProviderClient
  readonly key: SigningKey
  /** Answers discovery with the right metadata and these. */
  describe(metadata?: Claims): void
  /** Publishes these keys. */
  publish(...keys: readonly object[]): void
  /** The right claims of an ID token, and these. */
  claimsFor(flow: ProviderFlow, claims?: Claims): Claims
  /** Signs in with an answer of the token endpoint that is right, but for what the test changes. */
  signIn(settings?: SignIn): Promise<ProviderAnswer>
  /** The requests of one path. */
  requestsOf(path: string): number
}

type Settings = Partial<OidcOptions> & { readonly environment?: Partial<ProviderEnvironment> }

/** A provider of our own whose every answer a test can replace, and a client of it. */
export async function hostileProvider(t: Test, { environment, ...options }: Settings = {}): Promise<HostileProvider> {
  const server = await standInServer(t)
  const issuer = server.url
  const key = signingKey()
  // A busy machine is no outage.
  const timeoutMilliseconds = 60_000
  const needed = { name: 'acme', displayName: 'Acme', issuer, clientId, clientSecret, timeoutMilliseconds }
  const provider = oidc({ ...needed, ...options })
  const client = provider.connect({ redirectUri, isProduction: false, clock: Date.now, ...environment })

  function describe(metadata: Claims = {}): void {
    const body = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      id_token_signing_alg_values_supported: ['ES256', 'HS256', 'none'],
      ...metadata,
    }
    server.answer('/.well-known/openid-configuration', { body })
  }

  const publish: HostileProvider['publish'] = (...keys) => server.answer('/jwks', { body: { keys } })

  function claimsFor({ nonce }: ProviderFlow, claims: Claims = {}): Claims {
    const seconds = Math.floor(Date.now() / 1000)
    return { iss: issuer, aud: clientId, sub: 'user-1', iat: seconds, exp: seconds + 300, nonce, ...claims }
  }

  describe()
  publish(key.jwk)
  return {
    server,
    issuer,
    client,
    key,
    describe,
    publish,
    claimsFor,
    signIn({ flow = newFlow(), callback, claims, header, token, answer, now = Date.now() } = {}) {
      const all = claimsFor(flow, claims)
      const id_token = token === undefined ? key.sign(all, header) : token(all)
      server.answer('/token', { body: { access_token: 'access', token_type: 'Bearer', id_token, ...answer } })
      return client.exchange({ ...flow, parameters: callbackOf(flow, callback), now })
    },
    requestsOf: path => server.paths().filter(requested => requested === path).length,
  }
}
