import t, { type Test } from 'tap'
import { ada } from './fixtures/client-app.js'
import { give } from './fixtures/give.js'
import { providerApp } from './fixtures/provider-app.js'
import { type ProviderBrowserSettings, providerBrowser, type Tab } from './fixtures/provider-browser.js'

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5))
}

const popup = { mode: 'popup' } as const
const cancelled = { outcome: 'failed', error: { code: 'PROVIDER_CANCELLED', statusCode: 0 } }

/** An application with a provider, and a page of it in a browser. */
async function visited(t: Test, settings: Partial<ProviderBrowserSettings> = {}) {
  const app = await providerApp(t)
  const browser = providerBrowser(t, { baseUrl: app.baseUrl, ...settings })
  const load = (transport: 'cookie' | 'token' = 'cookie') => app.client({ transport, fetch: browser.fetch })

  /** Returns the window that the page has opened, once it is at the provider. */
  async function atProvider(): Promise<Tab> {
    const opened = browser.windows.at(-1)
    if (opened === undefined) throw new Error('There is no window')
    await until(() => opened.sentTo.length === 1)
    return opened
  }

  return { app, browser, load, atProvider }
}

t.test('a window that the user closes ends the sign-in', async t => {
  const { app, browser, load } = await visited(t)
  const client = load()
  const signingIn = client.signInWith('acme', popup)
  for (const opened of browser.windows) opened.closed = true
  t.hasStrict(await signingIn, cancelled)
  t.same(app.requests, ['POST /auth/sign-in/acme'])
})

t.test('a window that looks closed because a provider has separated it can return', async t => {
  const { browser, load, atProvider } = await visited(t)
  let asked = 0
  give(t, 'document', {
    hasFocus() {
      asked += 1
      return false
    },
  })
  const client = load()
  const signingIn = client.signInWith('acme', popup)
  const opened = await atProvider()
  opened.closed = true
  await until(() => asked === 2)
  await browser.follow(opened)
  await browser.inWindow(opened, () => load().finishSignIn())
  t.equal((await signingIn).outcome, 'signed-in')
})

t.test('a caller who gives up closes the window', async t => {
  const { browser, load, atProvider } = await visited(t)
  const controller = new AbortController()
  const signingIn = load().signInWith('acme', { ...popup, signal: controller.signal })
  const opened = await atProvider()
  controller.abort()
  t.hasStrict(await signingIn, { outcome: 'failed', error: { code: 'ABORTED' } })
  t.ok(opened.closed)
  t.equal(browser.windows.length, 1)
})

t.test('a caller who gives up before the answer goes nowhere', async t => {
  const { browser, load } = await visited(t)
  const controller = new AbortController()
  const { signal } = controller
  const client = load()
  const visits = [client.signInWith('acme', { ...popup, signal }), client.signInWith('acme', { signal })]
  controller.abort()
  for (const visit of visits) t.hasStrict(await visit, { outcome: 'failed', error: { code: 'ABORTED' } })
  t.ok(browser.windows[0]?.closed)
  t.same([browser.page.sentTo, browser.windows[0]?.sentTo], [[], []])
})

t.test('a refusal of the server closes the window', async t => {
  const { app, browser, load } = await visited(t)
  const client = load()
  await client.signUp(ada)
  app.advance(600)
  t.hasStrict(await client.linkWith('acme', popup), {
    outcome: 'failed',
    error: { code: 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED', statusCode: 403 },
  })
  t.ok(browser.windows[0]?.closed)
  t.same(browser.windows[0]?.sentTo, [])
})

for (const [kind, settings] of [
  ['no windows', { opensWindows: false }],
  ['no messages between pages', {}],
] as const) {
  t.test(`in a browser with ${kind}, the caller learns it, and nothing is sent`, async t => {
    const { app, browser, load } = await visited(t, settings)
    if (kind === 'no messages between pages') give(t, 'BroadcastChannel', undefined)
    t.hasStrict(await load().signInWith('acme', popup), {
      outcome: 'failed',
      error: { code: 'PROVIDER_POPUP_BLOCKED' },
    })
    t.same([app.requests, browser.windows], [[], []])
  })
}

t.test('a window that comes back without a session ends the sign-in', async t => {
  const { app, browser, load, atProvider } = await visited(t)
  const signingIn = load().signInWith('acme', popup)
  const opened = await atProvider()
  opened.href = browser.page.href
  await browser.inWindow(opened, () => load().finishSignIn())
  t.hasStrict(await signingIn, cancelled)
  t.same(app.requests, ['POST /auth/sign-in/acme', 'GET /auth/me', 'POST /auth/refresh'])
})

t.test('a window that comes back without having linked anything ends the linking', async t => {
  const { app, browser, load, atProvider } = await visited(t)
  const client = load()
  await client.signUp(ada)
  app.requests.length = 0
  const linking = client.linkWith('acme', popup)
  const opened = await atProvider()
  opened.href = browser.page.href
  await browser.inWindow(opened, () => load().finishSignIn())
  t.hasStrict(await linking, cancelled)
  t.same(app.requests, ['POST /auth/identities/acme/link'])
})

t.test('a window whose opener is gone shows the page, with the session', async t => {
  const { browser, load, atProvider } = await visited(t)
  const controller = new AbortController()
  const signingIn = load().signInWith('acme', { ...popup, signal: controller.signal })
  const opened = await atProvider()
  await browser.follow(opened)
  controller.abort()
  await signingIn
  opened.closed = false
  const inWindow = load()
  t.equal((await browser.inWindow(opened, () => inWindow.finishSignIn())).outcome, 'signed-in')
  t.equal(inWindow.session.status, 'signed-in')
  t.notOk(opened.closed)
  t.same(await browser.inWindow(opened, () => inWindow.finishSignIn()), { outcome: 'none' })
})

t.test('each page hears only of its own window, and of nothing else', async t => {
  const { app, browser, load, atProvider } = await visited(t)
  const [first, second] = [load(), load()]
  const signingIn = first.signInWith('acme', popup)
  const opened = await atProvider()
  const other = second.signInWith('acme', popup)
  const otherWindow = await atProvider()
  const channel = new BroadcastChannel(`fast-auth ${app.baseUrl} providers`)
  const [id] = opened.marks.values()
  for (const message of [null, 'a text', {}, { id }, { id, fragment: null }, { id: 'another', fragment: '' }])
    channel.postMessage(message)
  channel.close()
  await browser.follow(otherWindow)
  await browser.inWindow(otherWindow, () => load().finishSignIn())
  t.equal((await other).outcome, 'signed-in')
  t.notOk(opened.closed)
  opened.closed = true
  t.hasStrict(await signingIn, cancelled)
})

t.test('on a page that may store nothing, a window is a page of its own after its return', async t => {
  const { browser, load, atProvider } = await visited(t, { hasStorage: false })
  const client = load()
  const signingIn = client.signInWith('acme', popup)
  const opened = await atProvider()
  await browser.follow(opened)
  const inWindow = load()
  t.same(await browser.inWindow(opened, () => inWindow.finishSignIn()), { outcome: 'none' })
  t.equal((await inWindow.getMe()).status, 200)
  opened.closed = true
  t.hasStrict(await signingIn, cancelled)
  t.equal((await client.getMe()).status, 200)
})
