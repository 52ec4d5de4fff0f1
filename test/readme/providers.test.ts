import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { oidc } from '../../lib/features/providers/providers.js'
import { totpCode } from '../../lib/testing/index.js'
import { ada, cookieHeader } from '../support/account.js'
import { setEnvironment } from '../support/environment.js'
import { claimsOf } from '../support/passkey-application.js'
import { signingKey } from '../support/providers/signing-key.js'
import { standInServer } from '../support/providers/stand-in-server.js'
import { secret } from '../support/secret.js'
import { type TestApplicationSettings, testApplication } from '../support/test-application.js'
import { block, table } from './readme.js'

const file = 'docs/providers.md'
const run = promisify(execFile)

/** A folder inside the package, so that `fast-auth` in an import is this package. */
const folder = mkdtempSync(resolve('dist', 'providers-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))

/** Imports a block of a document as a module. */
function load(name: string, code: string) {
  writeFileSync(`${folder}/${name}`, code)
  return import(pathToFileURL(`${folder}/${name}`).href)
}

const credentials = Object.fromEntries(
  ['GOOGLE', 'GITHUB', 'GITLAB', 'MICROSOFT', 'DISCORD', 'ACME', 'WORK'].flatMap(name => [
    [`${name}_CLIENT_ID`, 'a-client'],
    [`${name}_CLIENT_SECRET`, 'a-secret'],
  ]),
)

/** An application with a provider of the name `google` on this machine, which identifies Ada. */
async function withGoogle(t: Test, options: TestApplicationSettings['options'] = {}) {
  const server = await standInServer(t)
  const key = signingKey()
  const endpoints = { authorization_endpoint: `${server.url}/authorize`, token_endpoint: `${server.url}/token` }
  const algorithms = { id_token_signing_alg_values_supported: ['ES256'] }
  const metadata = { issuer: server.url, jwks_uri: `${server.url}/jwks`, ...endpoints, ...algorithms }
  server.answer('/.well-known/openid-configuration', { body: metadata })
  server.answer('/jwks', { body: { keys: [key.jwk] } })
  const google = oidc({
    ...{ name: 'google', displayName: 'Google', issuer: server.url, clientId: 'a-client', clientSecret: 'a-secret' },
    vouchesForEmail: true,
  })
  const application = await testApplication(t, {
    options: { publicUrl: 'http://localhost:3000', cookies: { secure: false }, providers: [google], ...options },
  })
  /** Prepares the answer for a sign-in. Returns its state. */
  function identify(url: string, seconds: number): string {
    const { nonce, state } = Object.fromEntries(new URL(url).searchParams)
    const claims = { iss: server.url, aud: 'a-client', sub: '1', email: ada.email, email_verified: true, nonce }
    const id_token = key.sign({ ...claims, iat: seconds, exp: seconds + 300 })
    server.answer('/token', { body: { access_token: 'any', token_type: 'Bearer', id_token } })
    return String(state)
  }
  return { ...application, identify }
}

const noon = Date.UTC(2026, 0, 1, 12) / 1000

t.test('the documented application starts, and names the callbacks of its providers', async t => {
  setEnvironment(t, { AUTH_SECRET: secret, ...credentials })
  const { app }: { app: FastifyInstance } = await load('app.js', block('server', file))
  t.teardown(() => app.close())
  const answer = await app.inject({ method: 'POST', url: '/auth/sign-in/github', payload: {} })
  const { searchParams } = new URL(answer.json().url)
  t.equal(searchParams.get('redirect_uri'), 'https://app.example.com/auth/providers/github/callback')
})

t.test('the documented sign-in gets the answers that it says', async t => {
  const { app, identify } = await withGoogle(t)
  const url = await app.listen({ port: 0 })
  const text = block('two steps with cookies', file).replaceAll('http://localhost:3000', url)
  const steps = Array.from(text.matchAll(/^# (.+)\n(.+)$/gm), ([, says = '', command = '']) => ({ says, command }))
  t.equal(steps.length, 5)
  const cwd = t.testdir()
  const places: string[] = []
  let state = ''
  for (const { says, command } of steps) {
    const { stdout } = await run('bash', ['-c', `${command.replace('STATE', state)} -sS`], { cwd })
    t.equal(/^HTTP\/1\.1 (\d{3})/.exec(stdout)?.[1], /(\d{3})$/.exec(says)?.[1], says)
    const [, begun] = /(\{"url":.*\})/.exec(stdout) ?? []
    if (begun !== undefined) state = identify(JSON.parse(begun).url, noon)
    const [, place] = /^location: (.+)\r$/im.exec(stdout) ?? []
    if (place !== undefined) places.push(place)
  }
  const account = 'http://localhost:3000/account'
  t.same(places, ['http://localhost:3000/#error=FAST_AUTH_PROVIDER_FLOW_INVALID', account, account])
})

t.test('the documented page sends the browser away, and reads the fragment once', async t => {
  const { app } = await withGoogle(t)
  const url = await app.listen({ port: 0 })
  const visited: string[] = []
  const page = { pathname: '/account', search: '?tab=1', hash: '', assign: (to: string) => void visited.push(to) }
  const history = { replaceState: (_state: null, _title: string, to: string) => void visited.push(to) }
  Object.assign(globalThis, { location: page, history })
  t.teardown(() => void ['location', 'history'].map(name => Reflect.deleteProperty(globalThis, name)))
  const code = block('page', file).replace('https://app.example.com', url)
  const { signInWith, finishSignIn } = await load('page.js', code)
  await signInWith('google')
  t.match(visited[0], '/authorize?')
  await t.rejects(signInWith('google', '//evil.example'), { code: 'FST_ERR_VALIDATION' })
  page.hash = '#status=second_factor_required&methods=totp%2CrecoveryCode'
  t.same(finishSignIn(), { status: 'second_factor_required', methods: 'totp,recoveryCode' })
  t.equal(visited[1], '/account?tab=1')
  page.hash = ''
  t.same(finishSignIn(), {})
})

t.test('the documented providers and those of each page are accepted', async t => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = `${t.testdir()}/key.p8`
  writeFileSync(key, privateKey.export({ format: 'pem', type: 'pkcs8' }))
  setEnvironment(t, { ...credentials, APPLE_KEY_FILE: key })
  const pages = readdirSync('docs').filter(name => /^provider-\w+\.md$/.test(name))
  t.equal(pages.length, 6)
  const blocks = [
    ...pages.map(name => [`docs/${name}`, 'preset'] as const),
    ...[
      ['docs/provider-google.md', 'preset of one domain'],
      ['docs/provider-github.md', 'preset of an enterprise'],
    ],
    ...[
      ['docs/provider-gitlab.md', 'preset of a server'],
      [file, 'own oidc'],
      [file, 'own oauth2'],
    ],
  ] as const
  const environment = { isProduction: true, clock: Date.now, redirectUri: 'https://app.example.com/callback' }
  for (const [document = '', marker = ''] of blocks) {
    const name = `${document}-${marker}.js`.replaceAll(/[/ ]/g, '-')
    const { provider, acme = provider } = await load(name, block(marker, document))
    t.doesNotThrow(() => acme.connect(environment), `${document}: ${marker}`)
    if (marker === 'preset') t.match(block(marker, document), `${acme.name}(`)
  }
})

t.test('the documented test of an application passes', async t => {
  await t.resolves(load('testing.js', block('testing', file)))
})

t.test('the documented hook keeps the tokens of the provider', async t => {
  setEnvironment(t, credentials)
  const { options, calendarTokens } = await load('tokens.js', block('tokens', file))
  const { app, post, identify } = await withGoogle(t, { hooks: options.hooks })
  const begun = await post('/sign-in/google', {})
  const state = identify(begun.json().url, noon)
  const url = `/auth/providers/google/callback?code=any&state=${state}`
  await app.inject({ url, headers: { cookie: cookieHeader(begun) } })
  const user = await app.fastAuth.findUser({ email: ada.email })
  t.hasStrict(calendarTokens.get(user?.id), { accessToken: 'any', refreshToken: null })
})

t.test('with tokens, the documented exchange gives the claims that the document says', async t => {
  const { app, post, identify, advance } = await withGoogle(t, { secondFactor: 'offered' })
  const url = await app.listen({ port: 0 })

  /** Signs in, and exchanges the code as the document says. */
  async function signIn(seconds: number) {
    const begun = await post('/sign-in/google', { transport: 'token' })
    const state = identify(begun.json().url, seconds)
    const cookie = cookieHeader(begun)
    const callback = `/auth/providers/google/callback?code=any&state=${state}`
    const { headers } = await app.inject({ url: callback, headers: { cookie } })
    const code = new URLSearchParams(new URL(String(headers.location)).hash.slice(1)).get('code')
    const text = block('redeem', file).replace('https://app.example.com', url)
    // What a browser adds by itself.
    const { redeem } = await load(
      `redeem-${seconds}.js`,
      text.replace("'content-type'", `cookie: '${cookie}', 'content-type'`),
    )
    return redeem(code)
  }

  const alone = await signIn(noon)
  t.equal(alone.status, 200)
  const bearer = { authorization: `Bearer ${alone.body.accessToken}` }
  const { secret: key } = (await post('/second-factor/totp', {}, bearer)).json()
  await post('/second-factor/totp/confirm', { code: totpCode(key, noon * 1000) }, bearer)
  advance(30)
  const waiting = await signIn(noon + 30)
  t.equal(waiting.status, 202)
  const { signInToken } = waiting.body
  const both = (await post('/sign-in/second-factor', { code: totpCode(key, (noon + 30) * 1000), signInToken })).json()
  t.same(
    table('claims', file).map(([, amr = '']) => JSON.parse(amr)),
    [claimsOf(alone.body.accessToken).amr, claimsOf(both.accessToken).amr],
  )
})
