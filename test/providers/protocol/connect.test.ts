import { createRequire } from 'node:module'
import { join } from 'node:path'
import t from 'tap'
import { loadOpenIdClient } from '../../../lib/features/providers/protocol/openid-client.js'
import { github, gitlab, oauth2, oidc } from '../../../lib/features/providers/providers.js'
import { redirectUri } from '../../support/providers/provider-flow.js'

const client = { clientId: 'id', clientSecret: 'secret' }
const acme = { ...client, name: 'acme', displayName: 'Acme', issuer: 'https://acme.example' }
const endpoints = {
  authorizationEndpoint: 'https://acme.example/authorize',
  tokenEndpoint: 'https://acme.example/token',
}
const environment = { redirectUri, isProduction: true, clock: Date.now }

/** The options that are URLs, and providers with one of them. */
const options = [
  ['oidc', 'issuer', (issuer: string) => oidc({ ...acme, issuer })],
  ['gitlab', 'issuer', (issuer: string) => gitlab({ ...client, issuer })],
  ['github', 'baseUrl', (baseUrl: string) => github({ ...client, baseUrl })],
  ...(['authorizationEndpoint', 'tokenEndpoint'] as const).map(
    name =>
      [
        'oauth2',
        name,
        (url: string) => oauth2({ ...acme, ...endpoints, loadProfile: async () => null, [name]: url }),
      ] as const,
  ),
] as const

t.test('http is allowed on loopback addresses, and never in production', async t => {
  for (const [name, option, at] of options) {
    const message = `The option "${option}" of ${name} must be an https URL; http is allowed on loopback addresses, but not in production`
    const refusal = { code: 'FAST_AUTH_OPTION_INVALID', message }
    for (const host of ['localhost:9000', '127.0.0.1:9000', '[::1]:9000', '127.0.0.123'])
      t.type(at(`http://${host}`).connect({ ...environment, isProduction: false }).exchange, 'function', host)
    for (const host of ['idp.example', '10.0.0.1', 'x.localhost', 'localhost.example', '127.0.0.1.example', '[::2]'])
      t.throws(() => at(`http://${host}`).connect({ ...environment, isProduction: false }), refusal, host)
    t.throws(() => at('http://127.0.0.1:9000').connect(environment), refusal)
  }
})

t.test('the library is found where it is installed', async t => {
  t.type(loadOpenIdClient().authorizationCodeGrant, 'function')
})

t.test('if the library is missing, a sentence says how to install it', async t => {
  const elsewhere = createRequire(join('/', 'nowhere', 'index.js'))
  t.throws(() => loadOpenIdClient(elsewhere), {
    code: 'FAST_AUTH_PROVIDERS_UNAVAILABLE',
    message:
      'The option "providers" of fast-auth needs the package openid-client. Install it: npm install openid-client',
    cause: { code: 'MODULE_NOT_FOUND' },
  })
})
