import { generateKeyPairSync } from 'node:crypto'
import t from 'tap'
import { readProviders } from '../../lib/cli/provider-settings.js'
import type { Environment } from '../../lib/cli/read-environment.js'

/** The variables of a client at a provider. */
const client = (name: string): Environment => ({
  [`PROVIDER_${name}_CLIENT_ID`]: 'my-app',
  [`PROVIDER_${name}_CLIENT_SECRET`]: 'a-secret',
})

const read = (environment: Environment) =>
  readProviders(environment)?.map(({ name, displayName, issuer }) => ({ name, displayName, issuer }))

t.test('without PROVIDERS there are none', async t => {
  for (const environment of [{}, { PROVIDERS: '' }, { PROVIDERS: ' , ' }])
    t.equal(readProviders(environment), undefined)
})

t.test('each preset needs only its client', async t => {
  for (const name of ['google', 'github', 'discord', 'gitlab', 'microsoft'])
    t.hasStrict(readProviders({ PROVIDERS: name, ...client(name.toUpperCase()) }), [{ name }])
})

t.test('presets take their own settings, and another name for people', async t => {
  t.hasStrict(
    read({
      ...{ PROVIDERS: 'google, gitlab, microsoft', ...client('GOOGLE'), ...client('GITLAB'), ...client('MICROSOFT') },
      PROVIDER_GOOGLE_DISPLAY_NAME: 'Work account',
      PROVIDER_GITLAB_ISSUER: 'https://gitlab.example.com',
      PROVIDER_MICROSOFT_TENANT: '72f988bf-86f1-41af-91ab-2d7cd011db47',
    }),
    [
      { name: 'google', displayName: 'Work account' },
      { name: 'gitlab', issuer: 'https://gitlab.example.com' },
      { name: 'microsoft', issuer: 'https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0' },
    ],
  )
})

t.test('Apple has a key, whose line breaks may be written as text', async t => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const variables = {
    PROVIDERS: 'apple',
    PROVIDER_APPLE_CLIENT_ID: 'com.example.app',
    PROVIDER_APPLE_TEAM_ID: 'ABCDE12345',
    PROVIDER_APPLE_KEY_ID: 'FGHIJ67890',
  }
  for (const text of [pem, pem.replaceAll('\n', '\\n')])
    t.hasStrict(readProviders({ ...variables, PROVIDER_APPLE_PRIVATE_KEY: text }), [{ name: 'apple' }])
  t.throws(() => readProviders(variables), { message: 'PROVIDER_APPLE_PRIVATE_KEY must be set if PROVIDERS has apple' })
})

t.test('every other name is a provider of OpenID Connect', async t => {
  const variables = { PROVIDERS: 'acme-login', ...client('ACME_LOGIN') }
  const issuer = 'https://login.acme.example'
  t.throws(() => readProviders(variables), {
    message: 'PROVIDER_ACME_LOGIN_ISSUER must be set if PROVIDERS has acme-login',
  })
  const complete = { ...variables, PROVIDER_ACME_LOGIN_ISSUER: issuer }
  t.strictSame(read(complete), [{ name: 'acme-login', displayName: 'acme-login', issuer }])
  t.hasStrict(read({ ...complete, PROVIDER_ACME_LOGIN_DISPLAY_NAME: 'Acme' }), [{ displayName: 'Acme' }])
  for (const isOn of ['true', 'false'])
    t.equal(readProviders({ ...complete, PROVIDER_ACME_LOGIN_VOUCHES_FOR_EMAIL: isOn })?.length, 1)
  t.throws(() => readProviders({ ...complete, PROVIDER_ACME_LOGIN_VOUCHES_FOR_EMAIL: 'maybe' }), {
    message: /^PROVIDER_ACME_LOGIN_VOUCHES_FOR_EMAIL must be/,
  })
})

t.test('a variable that is missing is named', async t => {
  t.throws(() => readProviders({ PROVIDERS: 'google' }), {
    message: 'PROVIDER_GOOGLE_CLIENT_ID must be set if PROVIDERS has google',
  })
})

t.test('a name of another form is refused', async t => {
  for (const PROVIDERS of ['Google', 'google;github', '-acme', '4chan', 'a'.repeat(41)])
    t.throws(() => readProviders({ PROVIDERS }), { message: /^PROVIDERS must be names of lower-case letters/ })
})
