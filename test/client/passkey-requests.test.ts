import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { ada, clientApp } from './fixtures/client-app.js'
import { fetchWithJar } from './fixtures/cookie-jar.js'
import { give } from './fixtures/give.js'
import { type PasskeyBrowserSettings, passkeyBrowser, passkeys } from './fixtures/passkey-browser.js'

const transport = 'token'
const optionsRequest = 'POST /auth/sign-in/passkey/options'

/** An application, a browser, and Ada, who has a passkey in it. */
async function withPasskey(t: Test, settings: PasskeyBrowserSettings = {}) {
  const browser = passkeyBrowser(t, settings)
  const app = await clientApp(t, { options: { passkeys } })
  const first = await app.signedUp({ transport })
  const { error } = await first.registerPasskey()
  if (error !== undefined) throw error
  app.requests.length = 0
  browser.requests.length = 0
  return { ...app, browser, first }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate)
}

t.test('autofill waits until the user picks a passkey', async t => {
  const { client, browser } = await withPasskey(t)
  const made = client({ transport })
  const signedIn = made.signInWithPasskey({ autofill: true })
  await browser.pending('conditional')
  t.equal(made.session.status, 'unknown')
  browser.pick()
  t.equal((await signedIn).status, 200)
  t.equal(made.session.user?.email, ada.email)
})

t.test('a button ends a pending autofill, also before the browser offers it, and of another client', async t => {
  const { client, browser } = await withPasskey(t)
  const made = client({ transport })
  const early = made.signInWithPasskey({ autofill: true })
  t.equal((await made.signInWithPasskey()).status, 200)
  t.hasStrict(await early, { error: { code: 'PASSKEY_CANCELLED', statusCode: 0 } })
  const late = client({ transport }).signInWithPasskey({ autofill: true })
  await browser.pending('conditional')
  t.equal((await made.signInWithPasskey()).status, 200)
  t.hasStrict(await late, { error: { code: 'PASSKEY_CANCELLED' } })
})

t.test('of two dialogs, the later one stays', async t => {
  const { client, first, browser } = await withPasskey(t)
  browser.reactions.push('nothing', { error: new DOMException('', 'NotAllowedError') })
  const signedIn = client({ transport }).signInWithPasskey()
  await browser.pending('modal')
  t.hasStrict(await first.registerPasskey(), { error: { code: 'PASSKEY_CANCELLED' } })
  t.hasStrict(await signedIn, { error: { code: 'PASSKEY_CANCELLED' } })
})

t.test('the caller can give up at any time', async t => {
  const { client, first, browser, requests } = await withPasskey(t)
  const aborted = { error: { code: 'ABORTED', statusCode: 0 } }
  t.hasStrict(await client({ transport }).signInWithPasskey({}, { signal: AbortSignal.abort() }), aborted)
  t.same([browser.requests, requests], [[], []])
  for (const input of [{ autofill: true }, {}]) {
    browser.reactions.push('nothing')
    const controller = new AbortController()
    const signedIn = client({ transport }).signInWithPasskey(input, { signal: controller.signal })
    await browser.pending(input.autofill ? 'conditional' : 'modal')
    controller.abort()
    t.hasStrict(await signedIn, aborted)
    browser.reactions.length = 0
  }
  browser.reactions.push('nothing')
  const controller = new AbortController()
  const registered = first.registerPasskey({}, { signal: controller.signal })
  await browser.pending('modal')
  controller.abort()
  t.hasStrict(await registered, aborted)
  t.notOk(requests.includes('POST /auth/sign-in/passkey'))
})

t.test('a sign-in by other means ends a pending autofill', async t => {
  const { client, browser } = await withPasskey(t)
  const made = client({ transport })
  const autofill = made.signInWithPasskey({ autofill: true })
  await browser.pending('conditional')
  t.hasStrict(await made.signIn({ ...ada, password: 'something else' }), { error: { statusCode: 401 } })
  await made.getMe()
  await browser.pending('conditional')
  await made.signIn(ada)
  t.hasStrict(await autofill, { error: { code: 'PASSKEY_CANCELLED' } })
})

t.test('autofill without its options, or in a browser without it, is an error', async t => {
  const { client, browser } = await withPasskey(t, { platform: {} })
  t.hasStrict(await client({ transport }).signInWithPasskey({ autofill: true }), {
    error: { code: 'PASSKEY_UNSUPPORTED' },
  })
  t.same(browser.requests, [])
  passkeyBrowser(t)
  const offline = client({ transport, fetch: () => Promise.reject(new TypeError('offline')) })
  for (const input of [{ autofill: true }, {}])
    t.hasStrict(await offline.signInWithPasskey(input), { error: { code: 'NETWORK_FAILURE' } })
})

/** `fetch` with challenges that the client believes to be short-lived. */
function shortLived(fates: Response[] = []): typeof fetch {
  const send = fetchWithJar()
  return async (input, init) => {
    const response = fates.length > 0 && String(input).endsWith('/options') ? fates.shift() : undefined
    if (response !== undefined) return response
    const answer = await send(input, init)
    if (!String(input).endsWith('/options')) return answer
    const options: object = JSON.parse(await answer.text())
    return Response.json({ ...options, timeout: 20 })
  }
}

t.test('an autofill that waits for an hour still signs in: its challenge is replaced before it expires', async t => {
  const { client, browser, requests, advance } = await withPasskey(t)
  const signedIn = client({ transport, fetch: shortLived() }).signInWithPasskey({ autofill: true })
  for (let count = 1; count <= 15; count += 1) {
    await until(() => requests.length >= count)
    advance(240)
  }
  const soFar = browser.requests.length
  await until(() => browser.requests.length > soFar)
  browser.pick()
  t.equal((await signedIn).status, 200)
  t.ok(browser.requests.every(request => request === 'conditional'))
})

t.test('if the server does not answer in time, the old challenge stays until it does', async t => {
  const { client, browser, requests } = await withPasskey(t)
  const fates: Response[] = []
  const signedIn = client({ transport, fetch: shortLived(fates) }).signInWithPasskey({ autofill: true })
  await browser.pending('conditional')
  fates.push(new Response('', { status: 503 }), new Response('', { status: 503 }))
  await until(() => fates.length === 0 && browser.requests.length > 1)
  browser.pick()
  t.equal((await signedIn).status, 200)
  t.ok(requests.filter(request => request === optionsRequest).length > 1)
})

t.test('a password manager that ignores signals is not asked again and again', async t => {
  const { client, browser, requests } = await withPasskey(t, { heedsSignals: false })
  const answered: string[] = []
  const short = shortLived()
  const counted: typeof fetch = async (input, init) => {
    const response = await short(input, init)
    answered.push(String(input))
    return response
  }
  const signedIn = client({ transport, fetch: counted }).signInWithPasskey({ autofill: true })
  await until(() => answered.length === 2)
  // Thirty times the interval of the checks.
  for (let tick = 0; tick < 30; tick += 1) await sleep(1)
  t.same(requests, [optionsRequest, optionsRequest])
  browser.pick()
  t.equal((await signedIn).status, 200)
})

t.test('a caller can give up while a challenge is replaced', async t => {
  const { client, browser } = await withPasskey(t)
  const controller = new AbortController()
  const short = shortLived()
  let asked = 0
  const held: typeof fetch = async (input, init) => {
    const answer = await short(input, init)
    asked += 1
    if (asked === 2) controller.abort()
    return answer
  }
  const made = client({ transport, fetch: held })
  t.hasStrict(await made.signInWithPasskey({ autofill: true }, { signal: controller.signal }), {
    error: { code: 'ABORTED' },
  })
  t.same(browser.requests, ['conditional'])
})

t.test('a hidden page requests no challenge until it is visible again', async t => {
  const { client, browser, requests } = await withPasskey(t)
  let visibilityState = 'hidden'
  let looks = 0
  const page = new EventTarget()
  Object.defineProperty(page, 'visibilityState', {
    get() {
      looks += 1
      return visibilityState
    },
  })
  give(t, 'document', page)
  const signedIn = client({ transport, fetch: shortLived(), sharesTabs: false }).signInWithPasskey({ autofill: true })
  await browser.pending('conditional')
  await until(() => looks > 3)
  t.same(requests, [optionsRequest])
  visibilityState = 'visible'
  page.dispatchEvent(new Event('visibilitychange'))
  await until(() => browser.requests.length === 2)
  browser.pick()
  t.equal((await signedIn).status, 200)
})
