import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { hostileProvider } from '../../support/providers/hostile-provider.js'
import { callbackOf, clientId, clientSecret, newFlow, redirectUri } from '../../support/providers/provider-flow.js'
import type { Answer, Answering } from '../../support/providers/stand-in-server.js'

const invalid = (reason: string) => ({ outcome: 'invalid', reason })
const unavailable = (reason: string, retryAfterSeconds = 5) => ({ outcome: 'unavailable', reason, retryAfterSeconds })

/** What an exchange answers if the token endpoint answers like this, and the requests that it got. */
async function exchanged(t: Test, answer: Answer | Answering, settings: Parameters<typeof hostileProvider>[1] = {}) {
  const hostile = await hostileProvider(t, settings)
  hostile.server.answer('/token', answer)
  const flow = newFlow()
  const now = settings.environment?.clock?.() ?? Date.now()
  const outcome = await hostile.client.exchange({ ...flow, parameters: callbackOf(flow), now })
  const requests = hostile.server.requests.filter(({ path }) => path === '/token')
  return { hostile, flow, outcome, requests }
}

const refusal = { status: 400, body: { error: 'invalid_grant' } }

t.test('the code is exchanged once, with the verifier and the redirect URI', async t => {
  const { flow, requests } = await exchanged(t, refusal)
  t.equal(requests.length, 1)
  t.equal(requests[0]?.method, 'POST')
  t.same(Object.fromEntries(new URLSearchParams(requests[0]?.body)), {
    grant_type: 'authorization_code',
    code: 'a-code',
    code_verifier: flow.codeVerifier,
    redirect_uri: redirectUri,
  })
})

t.test('the secret is sent as the metadata say, and otherwise in the header', async t => {
  const escaped = (text: string) => encodeURIComponent(text).replaceAll('-', '%2D')
  const basic = `Basic ${Buffer.from(`${escaped(clientId)}:${escaped(clientSecret)}`).toString('base64')}`
  for (const [methods, isInBody] of [
    [undefined, false],
    [['client_secret_basic'], false],
    [['client_secret_basic', 'client_secret_post'], true],
    ['client_secret_post', false],
  ] as const) {
    const hostile = await hostileProvider(t)
    hostile.describe({ token_endpoint_auth_methods_supported: methods })
    await hostile.signIn()
    const request = hostile.server.requests.find(({ path }) => path === '/token')
    t.equal(request?.headers.authorization, isInBody ? undefined : basic)
    t.equal(new URLSearchParams(request?.body).get('client_secret'), isInBody ? clientSecret : null)
  }
})

t.test('the option has the last word on how the secret is sent', async t => {
  const { requests } = await exchanged(t, refusal, { tokenEndpointAuthMethod: 'client_secret_post' })
  t.equal(new URLSearchParams(requests[0]?.body).get('client_secret'), clientSecret)
})

t.test('tokens are handed on as the provider sent them', async t => {
  const hostile = await hostileProvider(t)
  const now = 1_700_000_000_000
  const claims = { iat: now / 1000, exp: now / 1000 + 60 }
  const answer = { access_token: 'AT', refresh_token: 'RT', scope: 'openid email', expires_in: 3600 }
  t.match(await hostile.signIn({ now, claims, answer }), {
    tokens: {
      accessToken: 'AT',
      refreshToken: 'RT',
      scope: 'openid email',
      expiresAt: now + 3_600_000,
      idToken: /^ey/,
    },
  })
  t.match(await hostile.signIn(), { tokens: { refreshToken: null, scope: null, expiresAt: null } })
})

t.test('a refused code proves nothing, and is not exchanged again', async t => {
  for (const error of ['invalid_grant', 'invalid_request', 'whatever']) {
    const { outcome, requests } = await exchanged(t, { status: 400, body: { error } })
    t.same(outcome, invalid('code_refused'), error)
    t.equal(requests.length, 1)
  }
})

t.test('an error in an answer with status 200, as GitHub sends it, is a refusal', async t => {
  const { outcome } = await exchanged(t, { body: { error: 'bad_verification_code' } })
  t.same(outcome, invalid('code_refused'))
})

t.test('a provider that refuses the client says so in the reason', async t => {
  const challenge = { 'www-authenticate': 'Basic realm="acme"' }
  for (const answer of [
    { status: 401, body: { error: 'invalid_client' } },
    { status: 401, headers: challenge, body: {} },
    { status: 401, headers: { ...challenge, 'content-type': 'text/html' }, body: '<h1>Unauthorized</h1>' },
    { status: 400, body: { error: 'redirect_uri_mismatch' } },
    { status: 400, body: { error: 'unauthorized_client' } },
    { status: 200, body: { error: 'incorrect_client_credentials' } },
  ])
    t.same((await exchanged(t, answer)).outcome, invalid('client_refused'))
})

t.test('malformed answers prove nothing', async t => {
  const html = { 'content-type': 'text/html' }
  const token = { access_token: 'x', token_type: 'bearer' }
  for (const answer of [
    { body: '' },
    { body: '{' },
    { body: 'null' },
    { body: [] },
    { body: {} },
    { body: { ...token, access_token: 5 } },
    { body: { ...token, token_type: 'mac' } },
    { body: { ...token, expires_in: 'soon' } },
    { body: { ...token, refresh_token: {} } },
    { body: token, headers: html },
    ...['', 'application/jsonp', 'text/plain; application/json', 'application/x-www-form-urlencoded'].map(type => ({
      body: token,
      headers: { 'content-type': type },
    })),
    { status: 400, body: '<h1>Bad request</h1>', headers: html },
    { status: 404, body: {} },
    { status: 201, body: token },
    { status: 204 },
  ])
    t.same((await exchanged(t, answer)).outcome, invalid('response'), JSON.stringify(answer))
})

t.test('every media type of JSON is accepted', async t => {
  const body = { access_token: 'x', token_type: 'bearer' }
  for (const type of ['application/json;charset=UTF-8', 'Application/JSON ; x=y', 'application/vnd.acme.v2+json']) {
    const { outcome } = await exchanged(t, { body, headers: { 'content-type': type } })
    t.same(outcome, invalid('id_token'), type)
  }
})

t.test('an answer without a media type proves nothing', async t => {
  const { outcome } = await exchanged(t, (_, response) => {
    response.writeHead(200).end('{"access_token":"x","token_type":"bearer"}')
    return undefined
  })
  t.same(outcome, invalid('response'))
})

t.test('an answer without an ID token proves nothing', async t => {
  const { outcome } = await exchanged(t, { body: { access_token: 'x', token_type: 'bearer' } })
  t.same(outcome, invalid('id_token'))
})

t.test('redirects are not followed', async t => {
  for (const status of [301, 302, 307, 308]) {
    const { hostile, outcome } = await exchanged(t, { status, headers: { location: '/elsewhere' } })
    t.same(outcome, invalid('response'), String(status))
    t.equal(hostile.requestsOf('/elsewhere'), 0)
  }
})

t.test('no cookie is kept from one request to the next', async t => {
  const hostile = await hostileProvider(t)
  const answer = { status: 400, headers: { 'set-cookie': 'tracker=1; Path=/' }, body: { error: 'invalid_grant' } }
  hostile.server.answer('/token', answer)
  const flow = newFlow()
  for (const _ of [1, 2]) await hostile.client.exchange({ ...flow, parameters: callbackOf(flow), now: Date.now() })
  t.same(
    hostile.server.requests.map(({ headers }) => headers.cookie),
    [undefined, undefined, undefined],
  )
})

t.test('a provider that fails or is busy is unavailable, for as long as it says', async t => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  const environment = { clock: () => now }
  for (const [status, header, seconds] of [
    [500, undefined, 5],
    [503, '17', 17],
    [429, '120', 120],
    [429, 'Thu, 01 Jan 2026 00:00:42 GMT', 42],
    [599, '86400', 300],
    [999, '0', 1],
  ] as const) {
    const headers = header === undefined ? {} : { 'retry-after': header }
    const { outcome } = await exchanged(t, { status, headers, body: 'x'.repeat(100_000) }, { environment })
    t.same(outcome, unavailable('status', seconds), `${status} ${header}`)
  }
})

t.test('an answer of 64 KiB is read, and a larger one is not', async t => {
  const hostile = await hostileProvider(t)
  const rest = JSON.stringify({ access_token: 'x', token_type: 'bearer', padding: '' }).length
  const sized = (bytes: number) => ({ access_token: 'x', token_type: 'bearer', padding: 'x'.repeat(bytes - rest) })
  const flow = newFlow()
  const exchange = () => hostile.client.exchange({ ...flow, parameters: callbackOf(flow), now: Date.now() })
  hostile.server.answer('/token', { body: sized(65_536) })
  t.same(await exchange(), invalid('id_token'))
  hostile.server.answer('/token', { body: sized(65_537) })
  t.same(await exchange(), unavailable('too_large'))
})

t.test('an endless answer is cut off', async t => {
  let isCutOff: Promise<void> | undefined
  const { outcome } = await exchanged(t, (_, response) => {
    isCutOff = new Promise(resolve => response.on('close', resolve))
    response.writeHead(200, { 'content-type': 'application/json' })
    const write = () => void response.write(' '.repeat(16_384))
    response.on('drain', write)
    write()
    return undefined
  })
  t.same(outcome, unavailable('too_large'))
  await isCutOff
})

t.test('a small answer that unpacks to a large one is cut off', async t => {
  const body = gzipSync(JSON.stringify({ access_token: 'x'.repeat(10_000_000) }))
  t.ok(body.length < 65_536)
  const { outcome } = await exchanged(t, { body, headers: { 'content-encoding': 'gzip' } })
  t.same(outcome, unavailable('too_large'))
})

t.test('a provider that accepts the request and never answers is unavailable', async t => {
  const { outcome } = await exchanged(t, () => undefined, { timeoutMilliseconds: 100 })
  t.same(outcome, unavailable('timeout'))
})

t.test('a body that never ends is a timeout, and the connection is closed', async t => {
  let isClosed: Promise<void> | undefined
  const trickle = (_: unknown, response: ServerResponse) => {
    isClosed = new Promise(resolve => response.on('close', resolve))
    response.writeHead(200, { 'content-type': 'application/json' })
    const timer = setInterval(() => response.write(' '), 5)
    response.on('close', () => clearInterval(timer))
    return undefined
  }
  const { outcome } = await exchanged(t, trickle, { timeoutMilliseconds: 100 })
  t.same(outcome, unavailable('timeout'))
  await isClosed
})

t.test('a connection that breaks is an outage', async t => {
  for (const hasStarted of [false, true]) {
    const { outcome } = await exchanged(t, (_, response) => {
      if (hasStarted)
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{')
      setImmediate(() => response.destroy())
      return undefined
    })
    t.same(outcome, unavailable('unreachable'))
  }
})
