import t, { type Test } from 'tap'
import { type OAuth2Options, oauth2 } from '../../../lib/features/providers/providers.js'
import { callbackOf, clientId, clientSecret, newFlow, redirectUri } from '../../support/providers/provider-flow.js'
import { standInServer } from '../../support/providers/stand-in-server.js'

type LoadProfile = OAuth2Options['loadProfile']

async function oauth2World(t: Test, loadProfile: LoadProfile, options: Partial<OAuth2Options> = {}) {
  const server = await standInServer(t)
  const provider = oauth2({
    name: 'acme',
    displayName: 'Acme',
    issuer: 'acme',
    authorizationEndpoint: `${server.url}/authorize`,
    tokenEndpoint: `${server.url}/token`,
    clientId,
    clientSecret,
    loadProfile,
    ...options,
  })
  const client = provider.connect({ redirectUri, isProduction: false, clock: Date.now })
  server.answer('/token', { body: { access_token: 'AT', token_type: 'bearer' } })
  const signIn = (callback = {}) => {
    const flow = newFlow()
    return client.exchange({ ...flow, parameters: callbackOf(flow, callback), now: Date.now() })
  }
  return { server, client, provider, signIn }
}

const ada = { subject: 'user-1', email: 'ada@example.com', isEmailVerified: true, name: 'Ada' }

t.test('the API identifies the user', async t => {
  const { server, signIn } = await oauth2World(t, async ({ accessToken, fetch }) => {
    const headers = { authorization: `Bearer ${accessToken}` }
    const response = await fetch(`${server.url}/me`, { headers })
    return (await response.json()) as typeof ada
  })
  server.answer('/me', ({ headers }) => ({ body: headers.authorization === 'Bearer AT' ? ada : {} }))
  t.match(await signIn(), {
    outcome: 'identified',
    identity: {
      issuer: 'acme',
      subject: 'user-1',
      email: 'ada@example.com',
      isEmailVerified: false,
      profile: { name: 'Ada' },
    },
    tokens: { accessToken: 'AT', idToken: null },
  })
})

t.test('an address is verified if the provider is trusted with it and says so with the boolean true', async t => {
  for (const [vouchesForEmail, isEmailVerified, isVerified] of [
    [true, true, true],
    [true, false, false],
    [true, undefined, false],
    [true, 'true' as unknown as boolean, false],
    [false, true, false],
  ] as const) {
    const { signIn } = await oauth2World(t, async () => ({ ...ada, isEmailVerified }), { vouchesForEmail })
    t.match(await signIn(), { identity: { isEmailVerified: isVerified } })
  }
})

t.test('a number identifies a user if it is exact', async t => {
  for (const [subject, outcome] of [
    [0, 'identified'],
    [12345678901, 'identified'],
    [2 ** 53, 'invalid'],
    [0.5, 'invalid'],
    [Number.NaN, 'invalid'],
  ] as const) {
    const { signIn } = await oauth2World(t, async () => ({ subject }))
    t.equal((await signIn()).outcome, outcome, String(subject))
  }
})

t.test('no profile identifies no user', async t => {
  for (const profile of [null, undefined, 'user-1', 5]) {
    const { signIn } = await oauth2World(t, async () => profile as null)
    t.same(await signIn(), { outcome: 'invalid', reason: 'profile' })
  }
})

t.test('an error of the function refuses the sign-in, and is handed on for the log', async t => {
  const error = new TypeError('a fault of the application')
  const { signIn } = await oauth2World(t, async () => {
    throw error
  })
  t.strictSame(await signIn(), { outcome: 'invalid', reason: 'profile', error })
})

t.test('an API that fails makes the provider unavailable, also if the function wraps the error', async t => {
  for (const isWrapped of [false, true]) {
    const { server, signIn } = await oauth2World(t, async ({ fetch }) => {
      try {
        await fetch(`${server.url}/me`)
      } catch (cause) {
        throw isWrapped ? new Error('wrapped', { cause }) : cause
      }
      return null
    })
    server.answer('/me', { status: 502 })
    t.same(await signIn(), { outcome: 'unavailable', reason: 'status', retryAfterSeconds: 5 })
  }
})

t.test('the fetch of the function limits the size, follows no redirect, and sends nothing in the clear', async t => {
  for (const [path, answer, seen] of [
    ['/large', { body: 'x'.repeat(65_537) }, 'too_large'],
    ['/moved', { status: 302, headers: { location: '/me' } }, 302],
    ['/text', { headers: { 'content-type': 'text/plain' }, body: 'x' }, 200],
  ] as const) {
    const statuses: number[] = []
    const { server, signIn } = await oauth2World(t, async ({ fetch }) => {
      statuses.push((await fetch(new URL(path, server.url))).status)
      return ada
    })
    server.answer(path, answer)
    const outcome = await signIn()
    t.equal(outcome.outcome === 'unavailable' ? outcome.reason : statuses[0], seen)
  }
  const { signIn } = await oauth2World(t, async ({ fetch }) => {
    await fetch('http://api.example/me')
    return ada
  })
  t.match(await signIn(), { outcome: 'invalid', reason: 'profile', error: { message: 'The URL is not https' } })
})

t.test('a function that never ends is a timeout', async t => {
  const { signIn } = await oauth2World(t, () => new Promise(() => {}), { timeoutMilliseconds: 100 })
  t.same(await signIn(), { outcome: 'unavailable', reason: 'timeout', retryAfterSeconds: 5 })
})

t.test('the checks of the callback and the code are those of OpenID Connect', async t => {
  const { server, signIn } = await oauth2World(t, async () => ada)
  t.same(await signIn({ state: 'another' }), { outcome: 'invalid', reason: 'state' })
  t.same(await signIn({ error: 'access_denied' }), { outcome: 'denied' })
  t.same(await signIn({ iss: 'https://evil.example' }), { outcome: 'invalid', reason: 'issuer' })
  t.match(await signIn({ iss: 'acme' }), { outcome: 'identified' })
  server.answer('/token', { status: 400, body: { error: 'invalid_grant' } })
  t.same(await signIn(), { outcome: 'invalid', reason: 'code_refused' })
})

t.test('the secret is sent in the body', async t => {
  const { server, signIn } = await oauth2World(t, async () => ada)
  await signIn()
  const request = server.requests.find(({ path }) => path === '/token')
  t.equal(new URLSearchParams(request?.body).get('client_secret'), clientSecret)
  t.equal(request?.headers.authorization, undefined)
})

t.test('one of the endpoints may be on this machine, and the other on the internet', async t => {
  const { signIn } = await oauth2World(t, async () => ada, { authorizationEndpoint: 'https://acme.example/authorize' })
  t.match(await signIn(), { outcome: 'identified' })
})

t.test('the authorization URL needs no request', async t => {
  const { server, client } = await oauth2World(t, async () => ada, { scopes: ['profile', 'email'] })
  const ready = await client.authorizationUrl(newFlow())
  t.equal(ready.outcome === 'ready' && ready.url.searchParams.get('scope'), 'profile email')
  t.same(server.requests, [])
})

t.test('ID tokens are not accepted', async t => {
  const { client, provider } = await oauth2World(t, async () => ada)
  t.equal(provider.acceptsIdTokens, false)
  t.same(await client.verifyIdToken({ idToken: 'x', nonce: 'x', now: Date.now() }), {
    outcome: 'invalid',
    reason: 'id_token',
  })
})
