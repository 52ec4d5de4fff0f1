import t, { type Test } from 'tap'
import { ada } from './fixtures/client-app.js'
import { give } from './fixtures/give.js'
import { origin, providerApp } from './fixtures/provider-app.js'
import { type ProviderBrowserSettings, providerBrowser } from './fixtures/provider-browser.js'

/** An application with a provider, and a page of it in a browser. */
async function visited(t: Test, settings: Partial<ProviderBrowserSettings> = {}) {
  const app = await providerApp(t)
  const browser = providerBrowser(t, { baseUrl: app.baseUrl, ...settings })
  const load = (transport: 'cookie' | 'token' = 'cookie') => app.client({ transport, fetch: browser.fetch })
  return { app, browser, load }
}

const foreign = ['', '#', '#/settings?error=1', '#error=access_denied', '#status=open', '#_=_', '#linked=', '#code=']

for (const fragment of foreign) {
  t.test(`the fragment "${fragment}" belongs to the application`, async t => {
    const href = `${origin}/page?a=b${fragment}`
    const { app, browser, load } = await visited(t, { href })
    for (const transport of ['cookie', 'token'] as const)
      t.same(await load(transport).finishSignIn(), { outcome: 'none' })
    t.equal(browser.page.href, href)
    t.same(app.requests, [])
  })
}

t.test('with cookies, a code in the fragment belongs to the application', async t => {
  const href = `${origin}/#code=something`
  const { app, browser, load } = await visited(t, { href })
  t.same(await load().finishSignIn(), { outcome: 'none' })
  t.same([browser.page.href, app.requests], [href, []])
})

t.test('a code that was not made for this browser signs no user in', async t => {
  const { app, browser, load } = await visited(t, { href: `${origin}/#code=something` })
  const client = load('token')
  t.hasStrict(await client.finishSignIn(), {
    outcome: 'failed',
    error: { code: 'FAST_AUTH_PROVIDER_CODE_INVALID', statusCode: 401 },
  })
  t.equal(browser.page.href, `${origin}/`)
  t.same(app.requests, ['POST /auth/providers/redeem'])
  t.equal(client.session.status, 'unknown')
})

t.test('of the second factors in the fragment, the client knows those that it can give', async t => {
  const { load } = await visited(t, { href: `${origin}/#status=second_factor_required&methods=passkey,retina,totp` })
  t.same(await load().finishSignIn(), {
    outcome: 'second-factor-required',
    waiting: { methods: ['passkey', 'totp'], expiresAt: null },
  })
})

t.test('a fragment without second factors has none', async t => {
  const { load } = await visited(t, { href: `${origin}/#status=second_factor_required` })
  t.hasStrict(await load().finishSignIn(), { waiting: { methods: [] } })
})

t.test('two concurrent calls get the same result', async t => {
  const { browser, load } = await visited(t)
  const client = load()
  await client.signInWith('acme')
  await browser.follow()
  const [first, second] = await Promise.all([client.finishSignIn(), client.finishSignIn()])
  t.equal(first, second)
  t.equal(first.outcome, 'signed-in')
})

t.test('other tabs learn of a sign-in with a provider', async t => {
  const { app, browser } = await visited(t)
  const [returning, other] = [0, 1].map(() => app.client({ fetch: browser.fetch, sharesTabs: true }))
  if (returning === undefined || other === undefined) throw new Error('There are no tabs')
  await returning.signInWith('acme')
  await browser.follow()
  const learned = new Promise<void>(resolve => other.subscribe(resolve))
  await returning.finishSignIn()
  await learned
  t.hasStrict(other.session, { status: 'signed-in', user: { email: ada.email } })
})

t.test('a server that does not answer after the return is an error', async t => {
  const { app, browser, load } = await visited(t)
  const client = load()
  await client.signInWith('acme')
  await browser.follow()
  await app.app.close()
  t.hasStrict(await client.finishSignIn(), { outcome: 'failed', error: { code: 'NETWORK_FAILURE' } })
})

t.test('the browser returns to the page that the caller names', async t => {
  const { browser, load } = await visited(t)
  const client = load()
  await client.signInWith('acme', { mode: 'redirect', returnTo: '/welcome' })
  await browser.follow()
  t.equal(browser.page.href, `${origin}/welcome`)
})

t.test('the browser returns to this page without its own fragment', async t => {
  const { browser, load } = await visited(t, { href: `${origin}/page?a=b#part#2` })
  await load().signInWith('acme')
  await browser.follow()
  t.equal(browser.page.href, `${origin}/page?a=b`)
})

t.test('a provider that the server does not have is refused, and the page stays', async t => {
  const { browser, load } = await visited(t)
  t.hasStrict(await load().signInWith('../me'), { outcome: 'failed', error: { statusCode: 400 } })
  t.same([browser.page.sentTo, [...browser.page.marks]], [[], []])
})

t.test('outside browsers, the caller gets the URL, and no page has returned', async t => {
  const app = await providerApp(t)
  const client = app.client()
  const visit = await client.signInWith('acme')
  if (visit.outcome !== 'redirecting') throw new Error(visit.outcome)
  t.ok(visit.url.startsWith(`${app.issuer}/authorize?`))
  t.same(await client.finishSignIn(), { outcome: 'none' })
  t.hasStrict(await client.signInWith('acme', { mode: 'popup' }), { error: { code: 'PROVIDER_POPUP_BLOCKED' } })
})

t.test('in a worker, whose location cannot change, the caller gets the URL', async t => {
  const app = await providerApp(t)
  give(t, 'location', { origin })
  t.equal((await app.client().signInWith('acme')).outcome, 'redirecting')
  t.same(await app.client().finishSignIn(), { outcome: 'none' })
})

for (const transport of ['cookie', 'token'] as const) {
  t.test(`${transport}: a native app signs in with an ID token`, async t => {
    const app = await providerApp(t)
    const client = app.client({ transport })
    const { status } = await client.signInWithIdToken({
      provider: 'acme',
      idToken: app.idToken('a-nonce'),
      nonce: 'a-nonce',
    })
    t.equal(status, 201)
    t.hasStrict(client.session, { status: 'signed-in', user: { email: ada.email } })
    t.equal((await client.fetch('/hello')).status, 200)
    t.same(app.requests, ['POST /auth/sign-in/acme/token', 'GET /hello'])
  })
}
