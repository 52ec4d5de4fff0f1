import t from 'tap'
import * as factories from '../../../lib/features/providers/providers.js'
import { keyPairs } from '../../support/key-pairs.js'
import { redirectUri } from '../../support/providers/provider-flow.js'

const { apple, discord, github, gitlab, google, microsoft, oauth2, oidc } = factories
const client = { clientId: 'id', clientSecret: 'secret' }
const acme = { ...client, name: 'acme', displayName: 'Acme', issuer: 'https://acme.example' }
const acme2 = {
  ...acme,
  authorizationEndpoint: 'https://acme.example/authorize',
  tokenEndpoint: 'https://acme.example/token',
  loadProfile: async () => null,
}
const key = { teamId: 'ABCDE12345', keyId: 'FGHIJ67890', privateKey: keyPairs.ES256.privateKey }

/** Every function of the entry point, with the least options that it accepts. */
const least: Readonly<Record<string, readonly [make: (options: never) => factories.Provider, options: object]>> = {
  apple: [apple, { clientId: 'id', ...key }],
  discord: [discord, client],
  github: [github, client],
  gitlab: [gitlab, client],
  google: [google, client],
  microsoft: [microsoft, client],
  oauth2: [oauth2, acme2],
  oidc: [oidc, acme],
}

const displayNames: Readonly<Record<string, string>> = {
  apple: 'Apple',
  discord: 'Discord',
  github: 'GitHub',
  gitlab: 'GitLab',
  google: 'Google',
  microsoft: 'Microsoft',
  oauth2: 'Acme',
  oidc: 'Acme',
}

function leastOf(name: string) {
  const entry = least[name]
  if (entry === undefined) throw new Error(name)
  return entry
}

/** Makes a provider of options that may be of a wrong type. */
function made(name: string, options: unknown): factories.Provider {
  const [make] = leastOf(name)
  return make(options as never)
}

const refusal = (message: string) => ({ code: 'FAST_AUTH_OPTION_INVALID', message })
const environment = { redirectUri, isProduction: true, clock: Date.now }

t.test('the entry point exports the functions that are tested here', async t => {
  t.same(Object.keys(factories).sort(), Object.keys(least))
})

t.test('every provider can be made from its least options and connects in production', async t => {
  for (const [name, [, options]] of Object.entries(least)) {
    const provider = made(name, options)
    t.match(provider, {
      name: name.startsWith('o') ? 'acme' : name,
      displayName: displayNames[name],
      responseMode: name === 'apple' ? 'form_post' : 'query',
      acceptsIdTokens: !['discord', 'github', 'oauth2'].includes(name),
    })
    t.type(provider.connect(environment).exchange, 'function')
  }
})

t.test('options must be an object with the required ones and no others', async t => {
  for (const [name, [, options]] of Object.entries(least)) {
    for (const wrong of [undefined, null, 'x'])
      t.throws(() => made(name, wrong), refusal(`The options of ${name} must be an object`))
    t.throws(() => made(name, { ...options, clientID: 'x' }), refusal(`${name} has no option "clientID"`))
    t.throws(() => made(name, { ...options, toString: 'x' }), refusal(`${name} has no option "toString"`))
    t.throws(
      () => made(name, { ...options, clientId: undefined }),
      refusal(
        `The option "clientId" of ${name} is missing: it must be ASCII text without spaces, of 1 to 500 characters`,
      ),
    )
  }
})

t.test('a wrong option is named, with what is allowed, and never with its value', async t => {
  const mustBe: readonly (readonly [name: string, option: string, allowed: string, ...wrong: unknown[]])[] = [
    [
      'google',
      'clientId',
      'ASCII text without spaces, of 1 to 500 characters',
      '',
      'a b',
      'ä',
      5,
      null,
      'x'.repeat(501),
    ],
    ['google', 'clientSecret', 'ASCII text without spaces, of 1 to 2000 characters', '', ' x', 'x\n'],
    [
      'google',
      'name',
      '1 to 40 lower-case letters, digits and hyphens, with a letter first',
      '',
      'A',
      '1',
      'a/b',
      '-a',
      'x'.repeat(41),
    ],
    ['google', 'displayName', 'text of 1 to 100 characters', '', 'a\nb', 'x'.repeat(101), 5],
    [
      'google',
      'scopes',
      'a list of up to 50 scopes',
      'email',
      ['a b'],
      [''],
      ['"'],
      [5],
      ['x', 'a b'],
      Array(51).fill('x'),
    ],
    ['google', 'timeoutMilliseconds', 'a whole number from 100 to 60000', 99, 60_001, 150.5, '1000', null, Number.NaN],
    [
      'google',
      'authorizationParameters',
      'an object of texts, without the parameters that fast-auth sets',
      null,
      'x',
      { a: 5 },
      { state: 'x' },
      { nonce: 'x' },
      { prompt: 'x', state: 'y' },
    ],
    [
      'google',
      'nativeClientIds',
      'a list of up to 50 client IDs',
      'x',
      [''],
      ['a b'],
      ['a', 'a b'],
      Array(51).fill('x'),
    ],
    ['google', 'hd', 'a domain in lower case, such as example.com', '', '*', 'Example.com', 5],
    [
      'microsoft',
      'tenant',
      '"common", "organizations", "consumers" or the ID of a tenant, a GUID in lower case',
      '',
      'contoso.onmicrosoft.com',
      '{tenantid}',
      '../common',
    ],
    ['microsoft', 'vouchesForEmail', 'true or false', 'true', 1, null],
    ['apple', 'teamId', 'ten capital letters and digits', '', 'abcde12345', 'ABCDE1234'],
    ['apple', 'keyId', 'ten capital letters and digits', 'ABCDE123456'],
    [
      'gitlab',
      'issuer',
      'an https URL without user, query and fragment',
      '',
      'gitlab.com',
      'xhttps://gitlab.com',
      'ftp://x',
      'https://a@b',
      'https://b?c',
      'https://b#c',
      'https:///',
      'https://[',
      5,
    ],
    ['github', 'baseUrl', 'an https URL without user, query and fragment', 'github.com'],
    ['oidc', 'responseMode', '"query" or "form_post"', 'fragment', null],
    ['oidc', 'tokenEndpointAuthMethod', '"client_secret_basic" or "client_secret_post"', 'none', 'private_key_jwt'],
    ['oidc', 'vouchesForEmail', 'true or false', 'yes'],
    ['oauth2', 'loadProfile', 'a function', 'x', {}, null],
    ['oauth2', 'tokenEndpoint', 'an https URL without user, query and fragment', '/token'],
    ['oauth2', 'issuer', 'ASCII text without spaces, of 1 to 500 characters', '', 'a b'],
  ]
  for (const [name, option, allowed, ...wrong] of mustBe) {
    const [, options] = leastOf(name)
    const message = `The option "${option}" of ${name} must be ${allowed}`
    for (const value of wrong) t.throws(() => made(name, { ...options, [option]: value }), refusal(message))
  }
})

t.test('the largest values that an option accepts are accepted', async t => {
  const largest = {
    clientId: 'x'.repeat(500),
    clientSecret: 'x'.repeat(2000),
    name: `a${'-'.repeat(39)}`,
    displayName: 'x'.repeat(100),
    scopes: Array(50).fill('x'),
    nativeClientIds: Array(50).fill('x'),
    timeoutMilliseconds: 60_000,
  }
  t.match(made('google', largest), { name: largest.name, displayName: largest.displayName, responseMode: 'query' })
  t.equal(made('google', { ...largest, timeoutMilliseconds: 100 }).acceptsIdTokens, true)
})

t.test('providers of your own need a name, a display name and where they are', async t => {
  const missing = (name: string, option: string) => {
    const [, options] = leastOf(name)
    const message = new RegExp(`^The option "${option}" of ${name} is missing: it must be .`)
    t.throws(() => made(name, { ...options, [option]: undefined }), { code: 'FAST_AUTH_OPTION_INVALID', message })
  }
  for (const option of ['name', 'displayName', 'issuer']) missing('oidc', option)
  for (const option of [
    'name',
    'displayName',
    'issuer',
    'authorizationEndpoint',
    'tokenEndpoint',
    'loadProfile',
    'clientSecret',
  ])
    missing('oauth2', option)
  for (const option of ['teamId', 'keyId', 'privateKey']) missing('apple', option)
})

t.test('a way to send the secret needs a secret', async t => {
  t.throws(
    () =>
      oidc({ ...acme, clientSecret: undefined as unknown as string, tokenEndpointAuthMethod: 'client_secret_post' }),
    refusal('The option "tokenEndpointAuthMethod" of oidc needs the option "clientSecret"'),
  )
})

t.test('the options are not changed, and later changes of theirs have no effect', async t => {
  const options = { ...acme, scopes: ['a'], authorizationParameters: { prompt: 'login' } }
  const provider = oidc(Object.freeze({ ...options, scopes: Object.freeze([...options.scopes]) }))
  t.equal(provider.issuer, acme.issuer)
  t.same(options.scopes, ['a'])
})
