import type { Test } from 'tap'
import type { Provider, ProviderAnswer, ProviderClient } from '../../../lib/features/providers/provider.js'
import { callbackOf, newFlow, redirectUri } from './provider-flow.js'
import { type Claims, type SigningKey, signingKey } from './signing-key.js'
import { type StandInServer, standInServer } from './stand-in-server.js'

interface OidcFixture {
  /** Path of the metadata, with the host first. */
  readonly discovery: string
  readonly metadata: Readonly<Record<'token_endpoint' | 'jwks_uri', string>> & Claims
}

interface PresetWorld {
  readonly server: StandInServer
  readonly client: ProviderClient
  readonly key: SigningKey
  /** Publishes keys. Default: the one that signs. */
  publish(...keys: readonly object[]): void
  authorizationUrl(): Promise<URL>
  /** Signs in with these claims, and the times and the nonce of now. */
  signIn(claims: Claims, callback?: Readonly<Record<string, string>>): Promise<ProviderAnswer>
  verifyIdToken(claims: Claims): Promise<ProviderAnswer>
}

const hostPath = (url: string) => url.replace('https:/', '')

/** A preset, whose requests to its own URLs arrive at a server that answers as the provider documents. */
export async function presetWorld(
  t: Test,
  provider: Provider,
  { discovery, metadata }: OidcFixture,
): Promise<PresetWorld> {
  const server = await standInServer(t)
  const key = signingKey()
  const client = provider.connect({ redirectUri, isProduction: true, clock: Date.now, fetch: server.fetch })
  server.answer(discovery, { body: { id_token_signing_alg_values_supported: ['ES256'], ...metadata } })

  function signed(claims: Claims, nonce: string): string {
    const seconds = Math.floor(Date.now() / 1000)
    return key.sign({ iat: seconds, exp: seconds + 300, nonce, ...claims })
  }

  const publish: PresetWorld['publish'] = (...keys) => server.answer(hostPath(metadata.jwks_uri), { body: { keys } })

  publish(key.jwk)
  return {
    server,
    client,
    key,
    publish,
    async authorizationUrl() {
      const ready = await client.authorizationUrl(newFlow())
      if (ready.outcome !== 'ready') throw new Error(ready.reason)
      return ready.url
    },
    signIn(claims, callback) {
      const flow = newFlow()
      const body = { access_token: 'access', token_type: 'Bearer', id_token: signed(claims, flow.nonce) }
      server.answer(hostPath(metadata.token_endpoint), { body })
      return client.exchange({ ...flow, parameters: callbackOf(flow, callback), now: Date.now() })
    },
    verifyIdToken(claims) {
      const { nonce } = newFlow()
      return client.verifyIdToken({ idToken: signed(claims, nonce), nonce, now: Date.now() })
    },
  }
}
