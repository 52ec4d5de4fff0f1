import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import { clientId, clientSecret, redirectUri } from './provider-flow.js'

interface Interaction {
  readonly prompt: { readonly name: string }
  readonly params: { readonly scope: string; readonly client_id: string; readonly login_hint?: string }
  readonly session?: { readonly accountId: string }
}

/** The used part of `oidc-provider`, which has no types. */
interface OidcProvider {
  callback(): RequestListener
  interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>
  interactionFinished(
    request: IncomingMessage,
    response: ServerResponse,
    result: object,
    options: { readonly mergeWithLastSubmission: boolean },
  ): Promise<void>
  readonly Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> }
}

export interface RealUser {
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
}

interface RealProviderSettings {
  readonly users: Readonly<Record<string, RealUser>>
  /** Metadata of the client, beside its ID and secret. */
  readonly client?: object
  /** Settings of `oidc-provider`. */
  readonly configuration?: object
  /** Headers of every response. */
  readonly headers?: Readonly<Record<string, string>>
}

export interface RealProvider {
  readonly issuer: string
  /** Paths of the requests, in order. */
  readonly paths: readonly string[]
}

const require = createRequire(import.meta.url)
const { Provider } = require('oidc-provider') as {
  readonly Provider: new (issuer: string, configuration: object) => OidcProvider
}
/** The storage that is the default, which then prints a warning. */
const { createMemoryAdapter } = require('oidc-provider/lib/adapters/memory_adapter.js')

/** A page on which a person chooses who signs in. */
function choicePage(names: readonly string[]): string {
  const links = [...names, 'cancels'].map(name => `<p><a href="?user=${name}">${name}</a></p>`)
  return `<!doctype html><html lang="en"><title>Provider</title><h1>Sign in at the provider</h1>${links.join('')}`
}

/**
 * Lets the user of the login hint sign in and consent, or the one whom a person chooses on a page. The user `cancels` does
 * neither.
 */
async function interact(
  provider: OidcProvider,
  names: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { prompt, params, session } = await provider.interactionDetails(request, response)
  const finish = (result: object) =>
    provider.interactionFinished(request, response, result, { mergeWithLastSubmission: prompt.name === 'consent' })
  const chosen = new URL(request.url ?? '', 'http://localhost').searchParams.get('user')
  const user = params.login_hint ?? chosen
  if (user === 'cancels') return finish({ error: 'access_denied' })
  if (prompt.name === 'login') {
    if (user !== null) return finish({ login: { accountId: user } })
    response.writeHead(200, { 'content-type': 'text/html' }).end(choicePage(names))
    return
  }
  const grant = new provider.Grant({ accountId: session?.accountId, clientId: params.client_id })
  grant.addOIDCScope(params.scope)
  return finish({ consent: { grantId: await grant.save() } })
}

/** `oidc-provider`, a certified server that we did not write, on a loopback address. Its client must use PKCE with S256. */
export async function realProvider(
  t: Test,
  { users, client = {}, configuration = {}, headers = {} }: RealProviderSettings,
): Promise<RealProvider> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'first', use: 'sig', alg: 'ES256' }
  const paths: string[] = []
  let handle: RequestListener = () => {}
  const server = createServer((request, response) => {
    paths.push((request.url ?? '').replace(/\?.*/, ''))
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    handle(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        id_token_signed_response_alg: 'ES256',
        ...client,
      },
    ],
    adapter: createMemoryAdapter(0),
    jwks: { keys: [jwk] },
    cookies: { keys: ['only-for-tests'] },
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, accountId: string) => ({
      accountId,
      claims: async () => ({ sub: accountId, ...users[accountId] }),
    }),
    ...configuration,
  })
  const callback = provider.callback()
  handle = (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return callback(request, response)
    interact(provider, Object.keys(users), request, response).catch(error => response.writeHead(500).end(String(error)))
  }
  return { issuer, paths }
}
