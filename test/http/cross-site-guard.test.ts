import type { FastifyInstance, InjectOptions } from 'fastify'
import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada, bearer } from '../support/account.js'
import { browser } from '../support/browser.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const sites = ['absent', 'same-origin', 'same-site', 'cross-site', 'none', 'sideways'] as const
const origins = {
  absent: 'absent',
  own: 'https://app.example.com',
  trusted: 'https://admin.example.com:8443',
  foreign: 'https://evil.example',
  opaque: 'null',
} as const
const referers = {
  absent: 'absent',
  own: 'https://app.example.com/deep/page?x=1',
  foreign: 'https://evil.example/app.example.com',
  unreadable: 'app.example.com',
} as const

const options = {
  publicUrl: 'https://app.example.com',
  trustedOrigins: ['https://admin.example.com:8443'],
} as const

interface Sender {
  readonly site: (typeof sites)[number]
  readonly origin: keyof typeof origins
  readonly referer: keyof typeof referers
}

/** Every combination of headers that describe the page which sent a request. */
const senders: readonly Sender[] = sites.flatMap(site =>
  (Object.keys(origins) as (keyof typeof origins)[]).flatMap(origin =>
    (Object.keys(referers) as (keyof typeof referers)[]).map(referer => ({ site, origin, referer })),
  ),
)

function headersOf({ site, origin, referer }: Sender): Record<string, string> {
  const headers = { 'sec-fetch-site': site, origin: origins[origin], referer: referers[referer] }
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== 'absent'))
}

/** The requests that may change state with a cookie: one reason is enough. */
function isAllowed({ site, origin, referer }: Sender, silenceIsAllowed: boolean): boolean {
  const browserVouches = site === 'same-origin' || site === 'none'
  const pageIsConfigured = origin === 'own' || origin === 'trusted'
  const siteIsUntold = site === 'absent' || site === 'sideways'
  const refererIsOwn = siteIsUntold && origin === 'absent' && referer === 'own'
  const nothingIsTold = siteIsUntold && origin === 'absent' && referer === 'absent'
  return browserVouches || pageIsConfigured || refererIsOwn || (nothingIsTold && silenceIsAllowed)
}

async function guardedApp(t: Test, more: Partial<FastAuthOptions> = {}) {
  const { app } = await testApplication(t, {
    options: { ...options, ...more },
    after: app => {
      const url = '/thing'
      const method = ['GET', 'OPTIONS', 'POST', 'DELETE', 'PUT', 'PATCH']
      app.route({ method, url, onRequest: app.fastAuth.authenticate, handler: async () => 'thing' })
    },
  })
  const signUp = { method: 'POST', url: '/auth/sign-up', payload: { ...ada, transport: 'token' } } as const
  const { accessToken } = (await browser(app).send(signUp)).json()
  const credentials = {
    cookie: { cookie: `__Host-access_token=${accessToken}` },
    bearer: bearer(accessToken),
    none: {},
  } as const
  return { app, credentials }
}

/** The senders whose requests were not answered as they should be. */
async function misjudged(app: FastifyInstance, request: InjectOptions, expected: (sender: Sender) => number) {
  const wrong = []
  for (const sender of senders) {
    const { statusCode } = await app.inject({ ...request, headers: { ...headersOf(sender), ...request.headers } })
    if (statusCode !== expected(sender)) wrong.push({ ...sender, statusCode, expected: expected(sender) })
  }
  return wrong
}

const silences = [
  [false, 'and silence is allowed'],
  [true, 'and silence is refused'],
] as const

for (const [requireOriginHeader, silence] of silences) {
  const ifAllowed = (admitted: number) => (sender: Sender) => (isAllowed(sender, !requireOriginHeader) ? admitted : 403)

  t.test(`only known pages change something with a cookie, ${silence}`, async t => {
    const { app, credentials } = await guardedApp(t, { requireOriginHeader })
    for (const method of ['POST', 'DELETE', 'PUT', 'PATCH'] as const) {
      const request = { method, url: '/thing', headers: credentials.cookie }
      t.strictSame(await misjudged(app, request, ifAllowed(200)), [], method)
    }
  })

  t.test(`every page may read with a cookie, and do anything with a bearer token, ${silence}`, async t => {
    const { app, credentials } = await guardedApp(t, { requireOriginHeader })
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST', 'DELETE'] as const) {
      const isChange = method === 'POST' || method === 'DELETE'
      const headers = isChange ? credentials.bearer : credentials.cookie
      t.strictSame(await misjudged(app, { method, url: '/thing', headers }, () => 200), [], method)
      t.strictSame(await misjudged(app, { method, url: '/thing' }, () => 401), [], `${method} without a session`)
    }
  })

  t.test(`only known pages open a connection with a cookie, ${silence}`, async t => {
    const { app, credentials } = await guardedApp(t, { requireOriginHeader })
    const upgrades = [{ connection: 'Upgrade', upgrade: 'websocket' }, { upgrade: 'h2c' }, { upgrade: '' }]
    for (const upgrade of [...upgrades, { ':protocol': 'websocket' }, { ':protocol': 'webtransport' }]) {
      const request = { method: 'GET', url: '/thing', headers: { ...credentials.cookie, ...upgrade } } as const
      t.strictSame(await misjudged(app, request, ifAllowed(200)), [], JSON.stringify(upgrade))
      const withToken = { ...request, headers: { ...credentials.bearer, ...upgrade } }
      t.strictSame(await misjudged(app, withToken, () => 200), [], `${JSON.stringify(upgrade)} with a bearer token`)
    }
  })

  t.test(`only known pages refresh or sign out with a cookie, ${silence}`, async t => {
    const { app } = await guardedApp(t, { requireOriginHeader })
    const headers = { cookie: '__Secure-refresh_token=stale' }
    const post = (url: string) => ({ method: 'POST', url, headers }) as const
    t.strictSame(await misjudged(app, post('/auth/refresh'), ifAllowed(401)), [])
    t.strictSame(await misjudged(app, post('/auth/sign-out'), ifAllowed(204)), [])
  })
}

const ours = ['__Host-access_token', '__Secure-refresh_token', '__Secure-known_device'] as const

for (const [requireOriginHeader, silence] of silences) {
  t.test(`every page signs up and in for tokens, if it sends none of our cookies, ${silence}`, async t => {
    const { app } = await guardedApp(t, { requireOriginHeader })
    const asToken = { email: 'unknown', password: ada.password, transport: 'token' }
    const signUp = { method: 'POST', url: '/auth/sign-up', payload: asToken } as const
    t.strictSame(await misjudged(app, signUp, () => 400), [])
    t.strictSame(await misjudged(app, { ...signUp, headers: { cookie: 'theme=dark' } }, () => 400), [])
    const ifAllowed = (sender: Sender) => (isAllowed(sender, !requireOriginHeader) ? 400 : 403)
    for (const name of ours) {
      t.strictSame(await misjudged(app, { ...signUp, headers: { cookie: `${name}=x` } }, ifAllowed), [], name)
    }
    const { transport: _, ...asCookie } = asToken
    t.strictSame(await misjudged(app, { ...signUp, payload: asCookie }, ifAllowed), [], 'for cookies')
  })
}

const fromAnApp = { origin: 'capacitor://localhost', 'sec-fetch-site': 'cross-site' }

t.test('the page of a native shell signs up, signs in, refreshes and signs out with tokens', async t => {
  const { app } = await guardedApp(t, { transport: 'token', requireOriginHeader: true })
  const post = (path: string, payload: object, headers = {}) =>
    app.inject({ method: 'POST', url: `/auth${path}`, payload, headers: { ...fromAnApp, ...headers } })
  t.equal((await post('/sign-up', { ...ada, email: 'ben@example.com' })).statusCode, 201)
  const signedIn = await post('/sign-in', ada)
  const { accessToken, refreshToken } = signedIn.json()
  t.equal((await post('/refresh', { refreshToken })).statusCode, 200)
  const newPassword = { currentPassword: ada.password, newPassword: 'an even better battery' }
  t.equal((await post('/password/change', newPassword, bearer(accessToken))).statusCode, 200)
  t.equal((await post('/sign-out', { refreshToken })).statusCode, 204)
})

t.test('a page of another origin with a token of its own makes the browser take no cookies', async t => {
  const { app, credentials } = await guardedApp(t)
  const payload = { currentPassword: ada.password, newPassword: 'an even better battery', transport: 'cookie' }
  const headers = { ...credentials.bearer, ...fromAnApp }
  const answer = await app.inject({ method: 'POST', url: '/auth/password/change', payload, headers })
  refused(t, answer, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
})

t.test('origins of other schemes are trusted by their name, and no other is', async t => {
  const trustedOrigins = ['capacitor://localhost', 'chrome-extension://abcdefghijklmnopabcdefghijklmnop']
  const { app, credentials } = await guardedApp(t, { trustedOrigins })
  const post = (headers: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/thing', headers: { ...credentials.cookie, ...headers } })
  for (const origin of trustedOrigins) {
    t.equal((await post({ origin, 'sec-fetch-site': 'cross-site' })).statusCode, 200, origin)
    t.equal((await post({ referer: `${origin}/index.html` })).statusCode, 200, origin)
  }
  const others = [
    'null',
    'capacitor://localhost:1',
    'capacitor://evil',
    'ionic://localhost',
    'http://localhost',
    'file://',
  ]
  for (const origin of others) {
    t.equal((await post({ origin, 'sec-fetch-site': 'cross-site' })).statusCode, 403, origin)
    t.equal((await post({ referer: `${origin}/index.html` })).statusCode, 403, `${origin} as a referer`)
  }
})

const almost = [
  'https://app.example.com.evil.example',
  'https://evil.example/https://app.example.com',
  'https://app.example.com:8443',
  'http://app.example.com',
  'https://app.example.com/',
  'https://APP.example.com',
  'https://example.com',
  'https://x.app.example.com',
  'https://app.example.com https://evil.example',
  'https://admin.example.com',
  '',
]

t.test('an origin that is almost one of ours is a foreign one', async t => {
  const { app, credentials } = await guardedApp(t)
  for (const origin of almost) {
    const headers = { ...credentials.cookie, origin }
    const answer = await app.inject({ method: 'POST', url: '/thing', headers })
    t.equal(answer.json().code, 'FAST_AUTH_CROSS_SITE_REQUEST', origin)
  }
})

t.test('neither Host nor X-Forwarded-Host makes an origin ours', async t => {
  const { app, credentials } = await guardedApp(t)
  for (const name of ['host', 'x-forwarded-host', 'forwarded']) {
    const spoofed = { [name]: name === 'forwarded' ? 'host=evil.example;proto=https' : 'evil.example' }
    const post = (origin: string) =>
      app.inject({ method: 'POST', url: '/thing', headers: { ...credentials.cookie, ...spoofed, origin } })
    t.equal((await post('https://evil.example')).statusCode, 403)
    t.equal((await post('https://app.example.com')).statusCode, 200)
  }
})

t.test('without a public URL no origin is ours, and the browser has to vouch', async t => {
  const { app } = await testApplication(t)
  const post = (headers: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/auth/refresh', headers: { cookie: '__Secure-refresh_token=x', ...headers } })
  const headers = { host: 'app.example.com', origin: 'https://app.example.com' }
  refused(t, await post(headers), 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.equal((await post({ ...headers, 'sec-fetch-site': 'same-origin' })).statusCode, 401)
})

t.test('configured origins are compared as browsers write them', async t => {
  const { app, credentials } = await guardedApp(t, {
    publicUrl: 'https://APP.example.com:443/base/',
    trustedOrigins: ['http://Admin.Example.com:80'],
  })
  for (const origin of ['https://app.example.com', 'http://admin.example.com']) {
    const headers = { ...credentials.cookie, origin }
    t.equal((await app.inject({ method: 'POST', url: '/thing', headers })).statusCode, 200, origin)
  }
})
