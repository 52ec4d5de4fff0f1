import { Type } from '@sinclair/typebox'
import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { totpCode } from '../../lib/testing/index.js'
import { ada } from './fixtures/client-app.js'
import { origin, providerApp } from './fixtures/provider-app.js'
import { type ProviderBrowserSettings, providerBrowser } from './fixtures/provider-browser.js'

const transports = ['cookie', 'token'] as const
const noon = Date.UTC(2026, 0, 1, 12)

interface Settings {
  readonly options?: Partial<FastAuthOptions>
  readonly browser?: Partial<ProviderBrowserSettings>
}

/** An application with a provider, and a page of it in a browser. */
async function visited(t: Test, { options, browser: settings }: Settings = {}) {
  const app = await providerApp(t, options)
  const browser = providerBrowser(t, { baseUrl: app.baseUrl, ...settings })
  /** A client of the page, as it is after each load. */
  const load = (transport: 'cookie' | 'token' = 'cookie') => app.client({ transport, fetch: browser.fetch })
  return { app, browser, load }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5))
}

for (const transport of transports) {
  t.test(
    `${transport}: the browser goes to the provider, and returns to the page, which has a session then`,
    async t => {
      const { app, browser, load } = await visited(t)
      const first = load(transport)
      const { outcome } = await first.signInWith('acme')
      t.equal(outcome, 'redirecting')
      t.ok(browser.page.sentTo[0]?.startsWith(`${app.issuer}/authorize?`))
      await browser.follow()
      const second = load(transport)
      t.hasStrict(await second.finishSignIn(), { outcome: 'signed-in', user: { email: ada.email } })
      t.hasStrict(second.session, { status: 'signed-in', user: { email: ada.email } })
      t.equal(browser.page.href, `${origin}/account?tab=1`, 'the address has no fragment')
      t.equal(await (await second.fetch('/hello')).text(), `Hello, ${ada.email}`)
      t.same(await second.finishSignIn(), { outcome: 'none' }, 'once')
    },
  )

  t.test(`${transport}: a user with a second factor gives it after the return`, async t => {
    const { app, browser, load } = await visited(t, { options: { secondFactor: 'offered' } })
    const first = load(transport)
    await first.signInWith('acme')
    await browser.follow()
    await first.finishSignIn()
    const { data } = await first.startTotp()
    await first.confirmTotp({ code: totpCode(data?.secret ?? '', noon) })
    app.advance(30)
    await first.signOut()
    await first.signInWith('acme')
    await browser.follow()
    const second = load(transport)
    t.hasStrict(await second.finishSignIn(), {
      outcome: 'second-factor-required',
      waiting: {
        methods: ['totp', 'recoveryCode'],
        expiresAt: transport === 'token' ? '2026-01-01T12:10:30.000Z' : null,
      },
    })
    t.equal(browser.page.href, `${origin}/account?tab=1`)
    t.not(second.session.status, 'signed-in')
    t.equal((await second.completeSignIn({ code: totpCode(data?.secret ?? '', noon + 30_000) })).status, 200)
    t.hasStrict(second.session, { status: 'signed-in', user: { email: ada.email } })
  })

  t.test(`${transport}: a new user gives the fields that the application requires`, async t => {
    const { app, browser, load } = await visited(t, {
      options: {
        profileSchema: Type.Object({ city: Type.String({ minLength: 1 }) }),
      },
    })
    const client = load(transport)
    await client.signInWith('acme')
    await browser.follow()
    t.same(await client.finishSignIn(), { outcome: 'sign-up-required' })
    t.hasStrict(await client.finishProviderSignUp({ profile: { city: '' } }), { error: { code: 'FST_ERR_VALIDATION' } })
    app.requests.length = 0
    t.equal((await client.finishProviderSignUp({ profile: { city: 'London' } })).status, 201)
    t.same(app.requests, ['POST /auth/sign-up/provider'])
    t.hasStrict(client.session, { status: 'signed-in', user: { profile: { city: 'London' } } })
    t.equal((await client.fetch('/hello')).status, 200)
  })

  t.test(`${transport}: a user who refuses at the provider learns it, and no request is sent`, async t => {
    const { app, browser, load } = await visited(t)
    app.user = null
    const client = load(transport)
    await client.signInWith('acme')
    await browser.follow()
    app.requests.length = 0
    t.hasStrict(await client.finishSignIn(), { outcome: 'failed', error: { code: 'FAST_AUTH_PROVIDER_DENIED' } })
    t.same(app.requests, [])
    t.equal(browser.page.href, `${origin}/account?tab=1`)
  })

  t.test(`${transport}: a user links an account, lists it and unlinks it`, async t => {
    const { app, browser, load } = await visited(t)
    const client = load(transport)
    await client.signUp(ada)
    app.user = { sub: 'work', email: 'ada@work.example', email_verified: true }
    t.equal((await client.linkWith('acme')).outcome, 'redirecting')
    await browser.follow()
    t.same(await client.finishSignIn(), { outcome: 'linked', provider: 'acme' })
    const { data } = await client.listIdentities()
    t.hasStrict(data?.items, [{ provider: 'acme', email: 'ada@work.example', lastUsedAt: null }])
    t.equal((await client.unlinkIdentity({ id: data?.items[0]?.id ?? '' })).status, 204)
  })

  t.test(`${transport}: a user who comes back by the back button is not signed in`, async t => {
    const { browser, load } = await visited(t)
    const client = load(transport)
    await client.signInWith('acme')
    t.same(await client.finishSignIn(), { outcome: 'none' })
    t.same([...browser.page.marks], [])
  })

  t.test(`${transport}: a window goes to the provider, and the page stays as it is`, async t => {
    const { app, browser, load } = await visited(t)
    const client = load(transport)
    const signingIn = client.signInWith('acme', { mode: 'popup' })
    const [opened] = browser.windows
    if (opened === undefined) throw new Error('There is no window')
    t.same(app.requests, [], 'the window is open before the first request')
    await until(() => opened.sentTo.length === 1)
    await browser.follow(opened)
    const inWindow = load(transport)
    t.same(await browser.inWindow(opened, () => inWindow.finishSignIn()), { outcome: 'none' })
    t.hasStrict(await signingIn, { outcome: 'signed-in', user: { email: ada.email } })
    t.ok(opened.closed)
    t.same(browser.page.sentTo, [])
    t.equal(client.session.status, 'signed-in')
  })

  t.test(`${transport}: a window links an account`, async t => {
    const { app, browser, load } = await visited(t)
    const client = load(transport)
    await client.signUp(ada)
    app.user = { sub: 'work', email: 'ada@work.example', email_verified: true }
    const linking = client.linkWith('acme', { mode: 'popup' })
    const [opened] = browser.windows
    if (opened === undefined) throw new Error('There is no window')
    await until(() => opened.sentTo.length === 1)
    await browser.follow(opened)
    await browser.inWindow(opened, () => load(transport).finishSignIn())
    t.same(await linking, { outcome: 'linked', provider: 'acme' })
  })
}
