import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { openPage, withoutChromium } from '../support/chromium.js'
import { type ClientSite, clientSite } from './client-site.js'

const ada = JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery' })
const hello = `client.fetch('/hello').then(answer => answer.text())`
const refreshes = ({ answered }: ClientSite) =>
  answered.filter(({ request }) => request === 'POST /auth/refresh').map(({ status }) => status)

async function visit(page: Page, { url }: ClientSite): Promise<Page> {
  await page.goto(url)
  await page.waitForFunction('window.ready')
  return page
}

/** Two tabs of one browser, both signed in, whose access token has expired. */
async function twoTabs(t: Test, site: ClientSite, script = ''): Promise<readonly [Page, Page]> {
  const first = await openPage(t)
  await first.context().addInitScript(script)
  await visit(first, site)
  const second = await visit(await first.context().newPage(), site)
  await first.evaluate(`client.signUp(${ada})`)
  await second.waitForFunction(`client.session.status === 'signed-in'`)
  site.advance(1000)
  site.answered.length = 0
  return [first, second]
}

const waitsForLock = `navigator.locks.query().then(({ pending }) => pending.length > 0)`

t.test('two tabs that refresh at the same moment send one refresh', { skip: withoutChromium }, async t => {
  const site = await clientSite(t)
  const [first, second] = await twoTabs(t, site)
  const gate = site.holdRefreshes()
  const answers = [first.evaluate(hello), second.evaluate(hello)]
  await gate.arrived(1)
  await first.waitForFunction(waitsForLock)
  gate.release()
  t.same(await Promise.all(answers), ['Hello, ada@example.com', 'Hello, ada@example.com'])
  t.same(refreshes(site), [200])
})

t.test('if the tab with the lock gets no new tokens, the other one tries', { skip: withoutChromium }, async t => {
  const site = await clientSite(t)
  const [first, second] = await twoTabs(t, site)
  const gate = site.holdRefreshes()
  site.breakNextRefresh()
  const one = first.evaluate(`client.fetch('/hello').then(({ status }) => status)`)
  await gate.arrived(1)
  const other = second.evaluate(hello)
  await first.waitForFunction(waitsForLock)
  gate.release()
  t.same(await Promise.all([one, other]), [503, 'Hello, ada@example.com'])
  t.same(refreshes(site), [503, 200])
  t.equal(await first.evaluate(hello), 'Hello, ada@example.com', 'and the first is signed in still')
})

t.test(
  'without locks, two tabs that refresh at the same moment both stay signed in',
  { skip: withoutChromium },
  async t => {
    const site = await clientSite(t)
    const withoutLocks = `Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })`
    const [first, second] = await twoTabs(t, site, withoutLocks)
    const gate = site.holdRefreshes()
    const answers = [first.evaluate(hello), second.evaluate(hello)]
    await gate.arrived(2)
    gate.release()
    t.same(await Promise.all(answers), ['Hello, ada@example.com', 'Hello, ada@example.com'])
    t.same(refreshes(site), [200, 200])
    site.advance(1000)
    t.equal(await second.evaluate(hello), 'Hello, ada@example.com')
    t.equal(await first.evaluate(hello), 'Hello, ada@example.com')
    t.same(refreshes(site), [200, 200, 200], 'what one tab has refreshed is good for the other')
  },
)

t.test('signing in and out in one tab is seen in the other', { skip: withoutChromium }, async t => {
  const site = await clientSite(t)
  const first = await visit(await openPage(t), site)
  const second = await visit(await first.context().newPage(), site)
  t.equal(await second.evaluate('client.session.status'), 'unknown')
  await first.evaluate(`client.signUp(${ada})`)
  await second.waitForFunction(`client.session.user?.email === 'ada@example.com'`)
  await second.evaluate('client.signOut()')
  await first.waitForFunction(`client.session.status === 'signed-out'`)
  await first.evaluate(`client.signIn(${ada})`)
  await second.waitForFunction(`client.session.status === 'signed-in'`)
  t.equal(await second.evaluate(hello), 'Hello, ada@example.com')
})

t.test(
  'no token is in any message between tabs, nor anywhere that a script could read',
  { skip: withoutChromium },
  async t => {
    const site = await clientSite(t)
    const first = await openPage(t)
    await first.context().addInitScript(`
    window.heard = []
    new BroadcastChannel('fast-auth /auth').onmessage = ({ data }) => window.heard.push(data)`)
    await visit(first, site)
    const second = await visit(await first.context().newPage(), site)
    await first.evaluate(`client.signUp(${ada})`)
    await second.waitForFunction('window.heard.length > 0')
    const heard = await second.evaluate('JSON.stringify([window.heard, localStorage, sessionStorage, document.cookie])')
    t.match(heard, /ada@example\.com/)
    t.notMatch(heard, /eyJ|[tT]oken/)
  },
)
