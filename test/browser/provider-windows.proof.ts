import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { freePort } from '../../lib/cli/free-port.js'
import { oidc } from '../../lib/features/providers/providers.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { openPage, withoutChromium } from '../support/chromium.js'
import { clientId, clientSecret } from '../support/providers/provider-flow.js'
import { realProvider } from '../support/providers/real-provider.js'
import { clientSite } from './client-site.js'

const skip = withoutChromium
t.setTimeout(240_000)

const users = {
  ada: { email: 'ada@example.com', email_verified: true },
  work: { email: 'ada@work.example', email_verified: true },
}

interface Settings {
  readonly options?: Partial<FastAuthOptions>
  readonly responseMode?: 'query' | 'form_post'
  /** The options of the client of the page, as text. */
  readonly client?: string
  /** The headers of the pages of the provider. */
  readonly headers?: Readonly<Record<string, string>>
}

/** The page to which the browser returns. It has a client of its own, as each page has after a load. */
const pageWith = (client: string) => `<!doctype html><title>site</title><button>Continue</button><script type="module">
import { createAuthClient } from '/client/index.js'
window.client = createAuthClient(${client})
window.returned = await window.client.finishSignIn()
window.outcome = JSON.stringify([window.returned.outcome, window.returned.error?.code])
window.ready = true
</script>`

/** A page of an application with a real provider, whose pages have another site. */
async function openSite(t: Test, { options, responseMode = 'query', client = '', headers = {} }: Settings = {}) {
  const port = await freePort('127.0.0.1')
  const origin = `http://localhost:${port}`
  const { issuer } = await realProvider(t, {
    users,
    headers,
    client: { redirect_uris: [`${origin}/auth/providers/acme/callback`] },
  })
  const acme = { name: 'acme', displayName: 'Acme', issuer, clientId, clientSecret, responseMode }
  const providers = [oidc({ ...acme, vouchesForEmail: true })]
  const site = await clientSite(
    t,
    { clock: Date.now, providers, ...options },
    { port, pages: { '/account': pageWith(client) } },
  )
  const page = await openPage(t)
  const context = page.context()
  const ready = async (opened: Page) => void (await opened.waitForFunction('window.ready === true'))

  async function open(): Promise<Page> {
    const opened = await context.newPage()
    await opened.goto(`${site.url}/account`)
    await ready(opened)
    return opened
  }

  /** Calls a function of the client when the user clicks, and returns the window that it opens. */
  async function openWindow(opened: Page, call: string): Promise<Page> {
    await opened.evaluate(`document.querySelector('button').onclick = async () => {
      window.result = undefined
      const { outcome, error, provider } = await window.client.${call}
      window.result = JSON.stringify([outcome, error?.code ?? provider])
    }`)
    const [made] = await Promise.all([opened.waitForEvent('popup'), opened.click('button')])
    await made.getByRole('heading', { name: 'Sign in at the provider' }).waitFor()
    return made
  }

  /** The outcome of the call, and the code of its error. */
  async function result(opened: Page): Promise<unknown> {
    await opened.waitForFunction('window.result !== undefined')
    return JSON.parse(await opened.evaluate('window.result'))
  }

  const choose = (opened: Page, user: string) => opened.getByRole('link', { name: user, exact: true }).click()
  const status = (opened: Page) => opened.evaluate('window.client.session.status')
  await page.close()
  return { ...site, context, open, ready, openWindow, result, choose, status }
}

const byWindow = `signInWith('acme', { mode: 'popup' })`

for (const transport of ['cookie', 'token'] as const) {
  const client = `{ transport: '${transport}' }`

  t.test(`${transport}: a window goes to the provider and closes, and the page has the session`, { skip }, async t => {
    const { open, openWindow, choose, result, status } = await openSite(t, { client })
    const page = await open()
    await page.evaluate('window.kept = "unsent text"')
    const opened = await openWindow(page, byWindow)
    const closed = opened.waitForEvent('close')
    await choose(opened, 'ada')
    t.same(await result(page), ['signed-in', null])
    await closed
    t.equal(await status(page), 'signed-in')
    t.equal(await page.evaluate('window.kept'), 'unsent text')
    t.equal(
      await page.evaluate('window.client.fetch("/hello").then(answer => answer.text())'),
      'Hello, ada@example.com',
    )
  })

  t.test(`${transport}: a redirect returns to the page, which has the session`, { skip }, async t => {
    const { open, choose, status, ready, url } = await openSite(t, { client })
    const page = await open()
    await page.evaluate(`void window.client.signInWith('acme')`)
    await choose(page, 'ada')
    await page.waitForURL(`${url}/account`)
    await ready(page)
    t.equal(await page.evaluate('window.outcome'), '["signed-in",null]')
    t.equal(await status(page), 'signed-in')
    t.equal(
      await page.evaluate('window.client.fetch("/hello").then(answer => answer.text())'),
      'Hello, ada@example.com',
    )
  })
}

t.test('the user closes the window, cancels at the provider, and then signs in', { skip }, async t => {
  const { open, openWindow, choose, result, status } = await openSite(t)
  const page = await open()
  const first = await openWindow(page, byWindow)
  await first.close()
  t.same(await result(page), ['failed', 'PROVIDER_CANCELLED'])
  await choose(await openWindow(page, byWindow), 'cancels')
  t.same(await result(page), ['failed', 'FAST_AUTH_PROVIDER_DENIED'])
  t.equal(await status(page), 'unknown')
  await choose(await openWindow(page, byWindow), 'ada')
  t.same(await result(page), ['signed-in', null])
})

t.test('other tabs learn of a sign-in by window and by redirect', { skip }, async t => {
  const { open, openWindow, choose, result } = await openSite(t)
  const [page, other] = [await open(), await open()]
  await choose(await openWindow(page, byWindow), 'ada')
  await result(page)
  await other.waitForFunction('window.client.session.status === "signed-in"')
  await page.evaluate('window.client.signOut()')
  await other.waitForFunction('window.client.session.status === "signed-out"')
  // The provider still knows the user, and asks nothing.
  await page.evaluate(`void window.client.signInWith('acme')`)
  await other.waitForFunction('window.client.session.status === "signed-in"')
})

t.test('a window links an account', { skip }, async t => {
  const { open, openWindow, choose, result } = await openSite(t)
  const page = await open()
  await page.evaluate(`window.client.signUp({ email: 'ada@example.com', password: 'correct horse battery' })`)
  await choose(await openWindow(page, `linkWith('acme', { mode: 'popup' })`), 'work')
  t.same(await result(page), ['linked', 'acme'])
  const list = await page.evaluate(
    'window.client.listIdentities().then(({ data }) => data.items.map(one => one.email))',
  )
  t.same(list, ['ada@work.example'])
})

t.test('a provider that separates its window from the page does not stop the sign-in', { skip }, async t => {
  const headers = { 'cross-origin-opener-policy': 'same-origin' }
  const { open, openWindow, choose, result, status } = await openSite(t, { headers })
  const page = await open()
  // The tool that drives the browser says of each page that it has the focus.
  await page.evaluate('document.hasFocus = () => false')
  const opened = await openWindow(page, byWindow)
  t.equal(await opened.evaluate('window.opener'), null)
  await choose(opened, 'ada')
  t.same(await result(page), ['signed-in', null])
  t.equal(await status(page), 'signed-in')
})

for (const sameSite of ['lax', 'strict'] as const) {
  t.test(
    `a provider that sends a form returns to the browser that began, with ${sameSite} cookies`,
    { skip },
    async t => {
      const { open, choose, ready, answered, url, openWindow, result } = await openSite(t, {
        responseMode: 'form_post',
        options: { cookies: { secure: false, sameSite } },
      })
      const page = await open()
      await page.evaluate(`void window.client.signInWith('acme')`)
      await choose(page, 'ada')
      await page.waitForURL(`${url}/account`)
      await ready(page)
      t.equal(await page.evaluate('window.outcome'), '["signed-in",null]')
      const callbacks = answered
        .filter(({ request }) => request.includes('/callback'))
        .map(({ request, status, hadCookies }) => [request.split(' ')[0], status, hadCookies])
      t.same(callbacks, [
        ['POST', 303, false],
        ['GET', 303, true],
      ])
      await page.evaluate('window.client.signOut()')
      await page.context().clearCookies({ domain: '127.0.0.1' })
      await choose(await openWindow(page, byWindow), 'ada')
      t.same(await result(page), ['signed-in', null])
    },
  )
}

t.test('in another browser, the callback signs no user in', { skip }, async t => {
  const { open, choose, url } = await openSite(t)
  const page = await open()
  const called = page.waitForRequest('**/auth/providers/acme/callback?**')
  await page.evaluate(`void window.client.signInWith('acme')`)
  await choose(page, 'ada')
  const other = await openPage(t)
  await other.goto((await called).url())
  t.equal(other.url(), `${url}/#error=FAST_AUTH_PROVIDER_FLOW_INVALID`)
  t.same(await other.context().cookies(), [])
})
