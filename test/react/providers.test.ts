import { Type } from '@sinclair/typebox'
import { createElement, StrictMode } from 'react'
import { act, create } from 'react-test-renderer'
import t, { type Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import { AuthProvider, useIdentities, useSignIn } from '../../lib/react/index.js'
import { totpCode } from '../../lib/testing/index.js'
import { ada } from '../client/fixtures/client-app.js'
import { providerApp } from '../client/fixtures/provider-app.js'
import { providerBrowser } from '../client/fixtures/provider-browser.js'
import { acted, rendered, until } from './rendered.js'

const noon = Date.UTC(2026, 0, 1, 12)
const profileSchema = Type.Object({ city: Type.String({ minLength: 1 }) })

/** An application with a provider, and a page of it in a browser. */
async function visited(t: Test, options: Partial<FastAuthOptions> = {}) {
  const app = await providerApp(t, options)
  const browser = providerBrowser(t, { baseUrl: app.baseUrl })
  /** A client of the page, as it is after each load. */
  const load = () => app.client({ fetch: browser.fetch })

  /** Visits the provider, and returns to the page. */
  async function visit(): Promise<void> {
    await load().signInWith('acme')
    await browser.follow()
  }

  /** Does something in the window that the page opens, and waits until it has returned. */
  async function byWindow(work: () => Promise<unknown>): Promise<void> {
    const working = work()
    const opened = browser.windows.at(-1)
    if (opened === undefined) throw new Error('There is no window')
    while (opened.sentTo.length === 0) await new Promise(setImmediate)
    await browser.follow(opened)
    await browser.inWindow(opened, () => load().finishSignIn())
    await working
  }

  return { app, browser, load, visit, byWindow }
}

/** An application in which the user of the provider has a second factor. */
async function withFactor(t: Test) {
  const parts = await visited(t, { secondFactor: 'offered' })
  await parts.visit()
  const first = parts.load()
  await first.finishSignIn()
  const { data } = await first.startTotp()
  await first.confirmTotp({ code: totpCode(data?.secret ?? '', noon) })
  parts.app.advance(30)
  await first.signOut()
  return { ...parts, code: totpCode(data?.secret ?? '', noon + 30_000) }
}

t.test('a button sends the browser to the provider', async t => {
  const { app, browser, load } = await visited(t)
  const steps = await rendered(t, load(), useSignIn)
  await acted(async () => t.equal((await steps().signInWith('acme')).outcome, 'redirecting'))
  t.ok(browser.page.sentTo[0]?.startsWith(app.issuer))
  t.hasStrict(steps(), { waiting: null, waitingForSignUp: false, providerError: null })
})

t.test('the page to which the browser returns has the session', async t => {
  const { app, load, visit } = await visited(t)
  await visit()
  app.requests.length = 0
  const client = load()
  const steps = await rendered(t, client, useSignIn)
  await until(() => client.session.status === 'signed-in')
  t.hasStrict(steps(), { waiting: null, waitingForSignUp: false, providerError: null })
  t.same(app.requests, ['GET /auth/me'])
})

t.test('in strict mode, the result of the return is used once and shown', async t => {
  const { app, load, visit } = await visited(t)
  app.user = null
  await visit()
  const codes: unknown[] = []
  const Form = () => {
    codes.push(useSignIn().providerError?.code)
    return null
  }
  Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true)
  await act(async () => {
    const tree = createElement(AuthProvider, { client: load() }, createElement(Form))
    create(createElement(StrictMode, null, tree))
  })
  await until(() => codes.at(-1) === 'FAST_AUTH_PROVIDER_DENIED')
})

t.test('after the return, the form asks for the second factor', async t => {
  const { load, visit, code } = await withFactor(t)
  await visit()
  const client = load()
  const steps = await rendered(t, client, useSignIn)
  await until(() => steps().waiting !== null)
  t.same(steps().waiting, { methods: ['totp', 'recoveryCode'], expiresAt: null })
  await acted(() => steps().completeSignIn({ code: '000000' }))
  t.not(steps().waiting, null, 'the user can try again')
  await acted(() => steps().completeSignIn({ code }))
  t.equal(steps().waiting, null)
  t.equal(client.session.status, 'signed-in')
})

t.test('after a window has returned, the form asks for the second factor', async t => {
  const { load, byWindow, code } = await withFactor(t)
  const client = load()
  const steps = await rendered(t, client, useSignIn)
  await acted(() => byWindow(() => steps().signInWith('acme', { mode: 'popup' })))
  t.same(steps().waiting?.methods, ['totp', 'recoveryCode'])
  await acted(() => steps().completeSignIn({ code }))
  t.equal(client.session.status, 'signed-in')
})

t.test('after the return, a new user gives the required fields', async t => {
  const { load, visit } = await visited(t, { profileSchema })
  await visit()
  const client = load()
  const steps = await rendered(t, client, useSignIn)
  await until(() => steps().waitingForSignUp)
  await acted(async () =>
    t.hasStrict(await steps().finishSignUp({ profile: { city: '' } }), { error: { code: 'FST_ERR_VALIDATION' } }),
  )
  t.ok(steps().waitingForSignUp, 'the user can try again')
  await acted(() => steps().finishSignUp({ profile: { city: 'London' } }))
  t.notOk(steps().waitingForSignUp)
  t.equal(client.session.status, 'signed-in')
})

t.test('a sign-up that took too long begins again', async t => {
  const { app, load, visit } = await visited(t, { profileSchema })
  await visit()
  const steps = await rendered(t, load(), useSignIn)
  await until(() => steps().waitingForSignUp)
  app.advance(3_600)
  await acted(() => steps().finishSignUp({ profile: { city: 'London' } }))
  t.notOk(steps().waitingForSignUp)
})

t.test('the form shows why the browser returned without a session, until the next step', async t => {
  const { app, load, visit } = await visited(t)
  app.user = null
  await visit()
  const client = load()
  const steps = await rendered(t, client, useSignIn)
  await until(() => steps().providerError !== null)
  t.hasStrict(steps().providerError, { code: 'FAST_AUTH_PROVIDER_DENIED' })
  await acted(() => steps().requestCode({ email: ada.email }))
  t.equal(steps().providerError, null)
})

t.test('the user can leave the steps after the return', async t => {
  const { load, visit } = await withFactor(t)
  await visit()
  const steps = await rendered(t, load(), useSignIn)
  await until(() => steps().waiting !== null)
  await acted(() => steps().cancel())
  t.equal(steps().waiting, null)
})

t.test('a component follows the linked accounts of the user', async t => {
  const { app, browser, load, byWindow } = await visited(t)
  const client = load()
  await client.signUp(ada)
  app.user = { sub: 'work', email: 'ada@work.example', email_verified: true }
  const first = await rendered(t, client, useIdentities)
  await until(() => first().identities !== null)
  t.same([first().identities, first().linked, first().linkError], [[], null, null])
  await acted(() => first().linkWith('acme'))
  await browser.follow()

  const state = await rendered(t, load(), useIdentities)
  await until(() => state().identities?.length === 1)
  t.equal(state().linked, 'acme')
  const id = state().identities?.[0]?.id ?? ''
  await acted(() => state().unlinkIdentity({ id }))
  await until(() => state().identities?.length === 0)
  t.equal(state().linked, null)
  await acted(() => byWindow(() => state().linkWith('acme', { mode: 'popup' })))
  await until(() => state().identities?.length === 1)
  await acted(() => client.signOut())
})

t.test('a component shows why nothing was linked, until the next change', async t => {
  const { app, browser, load } = await visited(t)
  const client = load()
  await client.signUp(ada)
  app.user = null
  await client.linkWith('acme')
  await browser.follow()
  const state = await rendered(t, load(), useIdentities)
  await until(() => state().linkError !== null)
  t.hasStrict(state().linkError, { code: 'FAST_AUTH_PROVIDER_DENIED' })
  await acted(() => state().linkWith('acme'))
  t.equal(state().linkError, null)
})
