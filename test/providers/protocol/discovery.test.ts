import t from 'tap'
import { oidc } from '../../../lib/features/providers/providers.js'
import { hostileProvider } from '../../support/providers/hostile-provider.js'
import { clientId, newFlow, redirectUri } from '../../support/providers/provider-flow.js'

const path = '/.well-known/openid-configuration'
const unavailable = (reason: string) => ({ outcome: 'unavailable', reason, retryAfterSeconds: 5 })

/** A clock that a test sets. */
function testClock() {
  const time = { now: Date.now() }
  return { time, environment: { clock: () => time.now } }
}

t.test('the authorization URL has everything that the provider needs, and PKCE with S256', async t => {
  const { client, issuer } = await hostileProvider(t)
  const flow = { state: 'a-state', nonce: 'a-nonce', codeVerifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' }
  const ready = await client.authorizationUrl(flow)
  if (ready.outcome !== 'ready') throw new Error(ready.reason)
  t.equal(ready.url.origin + ready.url.pathname, `${issuer}/authorize`)
  t.same(Object.fromEntries(ready.url.searchParams), {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid email profile',
    state: 'a-state',
    nonce: 'a-nonce',
    // RFC 7636, appendix B.
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })
})

t.test('options and the hint are in the authorization URL, and a query of the endpoint stays', async t => {
  const hostile = await hostileProvider(t, {
    responseMode: 'form_post',
    scopes: ['email', 'openid', 'email'],
    authorizationParameters: { prompt: 'select_account' },
  })
  hostile.describe({ authorization_endpoint: `${hostile.issuer}/authorize?tenant=7` })
  const ready = await hostile.client.authorizationUrl({ ...newFlow(), loginHint: 'ada@example.com' })
  t.match(ready.outcome === 'ready' && Object.fromEntries(ready.url.searchParams), {
    tenant: '7',
    response_mode: 'form_post',
    scope: 'openid email',
    prompt: 'select_account',
    login_hint: 'ada@example.com',
  })
})

t.test('many concurrent sign-ins need one discovery, and later ones none', async t => {
  const { client, requestsOf } = await hostileProvider(t)
  const answers = await Promise.all(Array.from({ length: 50 }, () => client.authorizationUrl(newFlow())))
  t.ok(answers.every(({ outcome }) => outcome === 'ready'))
  t.equal((await client.authorizationUrl(newFlow())).outcome, 'ready')
  t.equal(requestsOf(path), 1)
})

t.test('connecting performs no request', async t => {
  const { server } = await hostileProvider(t)
  t.same(server.requests, [])
})

t.test('metadata of another issuer are refused, even if they differ by a slash', async t => {
  const hostile = await hostileProvider(t)
  for (const issuer of [`${hostile.issuer}/`, 'https://accounts.google.com', '', undefined, null, [hostile.issuer]]) {
    const fresh = await hostileProvider(t)
    fresh.describe({ issuer })
    t.same(await fresh.client.authorizationUrl(newFlow()), unavailable('discovery'), String(issuer))
    t.same(await fresh.signIn(), unavailable('discovery'))
    t.equal(fresh.requestsOf('/token'), 0)
  }
})

t.test('metadata with an endpoint that is missing or not secure are refused', async t => {
  for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint'])
    for (const value of [
      'http://idp.example/x',
      'ftp://127.0.0.1/',
      'https://user@idp.example/',
      'https://:password@idp.example/',
      '/x',
      '',
      5,
      null,
    ]) {
      const hostile = await hostileProvider(t)
      hostile.describe({ [name]: value })
      t.same(await hostile.client.authorizationUrl(newFlow()), unavailable('discovery'), `${name}: ${value}`)
    }
})

t.test('metadata need no user info endpoint', async t => {
  const hostile = await hostileProvider(t)
  hostile.describe({ userinfo_endpoint: undefined })
  t.match(await hostile.client.authorizationUrl(newFlow()), { outcome: 'ready' })
})

t.test('malformed metadata count as an outage', async t => {
  for (const answer of [
    { body: '' },
    { body: '{' },
    { body: 'null' },
    { body: '"x"' },
    { status: 404, body: {} },
    { status: 302, headers: { location: '/elsewhere' } },
    { headers: { 'content-type': 'text/html' }, body: '<html>' },
  ]) {
    const hostile = await hostileProvider(t)
    hostile.server.answer(path, answer)
    t.same(await hostile.client.authorizationUrl(newFlow()), unavailable('discovery'), JSON.stringify(answer))
  }
})

t.test('after a failure there is no further discovery for 5 seconds, and then it may succeed', async t => {
  const { time, environment } = testClock()
  const hostile = await hostileProvider(t, { environment })
  hostile.server.answer(path, { status: 503, headers: { 'retry-after': '9' } })
  const failure = { outcome: 'unavailable', reason: 'status', retryAfterSeconds: 9 }
  for (const _ of [1, 2, 3]) t.same(await hostile.client.authorizationUrl(newFlow()), failure)
  t.equal(hostile.requestsOf(path), 1)
  hostile.describe()
  time.now += 4_999
  t.same(await hostile.client.authorizationUrl(newFlow()), failure)
  time.now += 1
  t.match(await hostile.client.authorizationUrl(newFlow()), { outcome: 'ready' })
  t.equal(hostile.requestsOf(path), 2)
})

t.test('metadata are requested again after a day, and serve for a week if the provider fails', async t => {
  const { time, environment } = testClock()
  const day = 86_400_000
  const hostile = await hostileProvider(t, { environment })
  const endpoint = async () => {
    const ready = await hostile.client.authorizationUrl(newFlow())
    return ready.outcome === 'ready' ? ready.url.pathname : ready.reason
  }
  t.equal(await endpoint(), '/authorize')
  hostile.describe({ authorization_endpoint: `${hostile.issuer}/authorize-2` })
  time.now += day - 1
  t.equal(await endpoint(), '/authorize')
  time.now += 1
  t.equal(await endpoint(), '/authorize-2')
  hostile.server.answer(path, { status: 500 })
  time.now += 6 * day
  for (const _ of [1, 2]) t.equal(await endpoint(), '/authorize-2')
  t.equal(hostile.requestsOf(path), 3, 'a failure does not cause one request per sign-in')
  time.now += day
  t.equal(await endpoint(), 'status')
})

t.test('a clock that is set back causes a new discovery, not a long wait for one', async t => {
  const { time, environment } = testClock()
  const hostile = await hostileProvider(t, { environment })
  t.match(await hostile.client.authorizationUrl(newFlow()), { outcome: 'ready' })
  time.now -= 3_600_000
  t.match(await hostile.client.authorizationUrl(newFlow()), { outcome: 'ready' })
  t.equal(hostile.requestsOf(path), 2)
})

t.test('a final slash of the issuer is part of it, and doubles none in the address of the metadata', async t => {
  const hostile = await hostileProvider(t)
  const issuer = `${hostile.issuer}/`
  hostile.describe({ issuer })
  const provider = oidc({ name: 'acme', displayName: 'Acme', issuer, clientId })
  const client = provider.connect({ redirectUri, isProduction: false, clock: Date.now })
  t.match(await client.authorizationUrl(newFlow()), { outcome: 'ready' })
})

t.test('a provider that never answers is unavailable, and its connection is closed', async t => {
  const hostile = await hostileProvider(t, { timeoutMilliseconds: 100 })
  let isClosed: Promise<void> | undefined
  hostile.server.answer(path, (_, response) => {
    isClosed = new Promise(resolve => response.on('close', resolve))
    return undefined
  })
  t.same(await hostile.client.authorizationUrl(newFlow()), unavailable('timeout'))
  await isClosed
})

t.test('a clock of the application that throws is no answer of the provider', async t => {
  const error = new Error('a fault of the application')
  const clock = () => {
    throw error
  }
  const hostile = await hostileProvider(t, { environment: { clock } })
  await t.rejects(hostile.client.authorizationUrl(newFlow()), error)
  await t.rejects(hostile.signIn(), error)
})

t.test('a provider with https has no endpoint with http, not even on this machine', async t => {
  const { server } = await hostileProvider(t)
  const issuer = 'https://idp.example'
  const provider = oidc({ name: 'acme', displayName: 'Acme', issuer, clientId })
  const client = provider.connect({ redirectUri, isProduction: false, clock: Date.now, fetch: server.fetch })
  const endpoints = {
    authorization_endpoint: `${issuer}/a`,
    token_endpoint: 'http://127.0.0.1/t',
    jwks_uri: `${issuer}/k`,
  }
  server.answer(`/idp.example${path}`, { body: { issuer, ...endpoints } })
  t.same(await client.authorizationUrl(newFlow()), unavailable('discovery'))
  t.same(server.paths(), [`/idp.example${path}`])
})
