import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import t from 'tap'
import { totpCode } from '../../lib/testing/index.js'
import { withoutChromium } from '../support/chromium.js'
import { followEverything } from './follow-everything.js'
import {
  ask,
  fillIn,
  type InvitingApplication,
  invitingApplication,
  press,
  says,
  shown,
  watchedPage,
} from './invitation-page.js'
import { violations } from './violations.js'

const skip = withoutChromium
/** For developers to look at. */
const pictures = '.tap/pictures'
mkdirSync(pictures, { recursive: true })
t.setTimeout(240_000)

const ben = 'ben@example.com'
const fits = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')

/** Sends what the browser has sent since: the requests that change something. */
const posts = ({ requests }: InvitingApplication) => requests.filter(request => request.startsWith('POST'))

t.test('a signed-in user sees the invitation after the first click, and joins with the second', { skip }, async t => {
  const application = await invitingApplication(t)
  const page = await application.signedUp(ben)
  const link = await application.invite(ben, 'admin')
  application.requests.length = 0
  await page.goto('about:blank')
  await page.goto(link)
  t.equal(page.url(), link.replace(/#.*/, ''), 'the token is out of the address bar')
  t.same(await violations(page), [])
  t.same(posts(application), [])
  await press(page, 'Show the invitation')
  await page.getByText('Engines & <b>Looms</b>', { exact: true }).waitFor()
  t.same(await page.locator('dd').allInnerTexts(), ['Engines & <b>Looms</b>', 'admin', 'b***@example.com'])
  t.same(await violations(page), [])
  t.same(await application.roles(), [])
  await page.getByRole('button', { name: 'Join', exact: true }).dblclick()
  await says(page, 'You are a member now.')
  t.same(await violations(page), [])
  t.same(await application.roles(), [`${ben} admin`])
  t.same(posts(application), ['POST /auth/invitations/preview', 'POST /auth/invitations/accept'])
  await page.goto('about:blank')
  await page.goto(link)
  await press(page, 'Show the invitation')
  await says(page, 'This invitation is no longer valid')
})

t.test('a signed-in user whose access token has expired joins without a password', { skip }, async t => {
  const application = await invitingApplication(t)
  const page = await application.signedUp(ben)
  await page.context().clearCookies({ name: /access/ })
  await shown(page, await application.invite(ben))
  await press(page, 'Join')
  await says(page, 'You are a member now.')
  t.same(await application.roles(), [`${ben} member`])
})

t.test(
  'a newcomer creates an account with the invited address and joins, and the address is confirmed',
  { skip },
  async t => {
    const application = await invitingApplication(t)
    const page = await watchedPage(t)
    await shown(page, await application.invite(ben))
    await press(page, 'Join')
    await says(page, 'You are not signed in here.')
    t.equal(await page.evaluate('document.activeElement.name'), 'email')
    t.same(await violations(page), [])
    await press(page, 'Create an account and join')
    t.same(await application.roles(), [], 'empty fields are not sent')
    await fillIn(page, 'other@example.com')
    await press(page, 'Create an account and join')
    await says(page, 'is for another address')
    await fillIn(page, ben)
    await press(page, 'Create an account and join')
    await says(page, 'You are a member now.')
    t.same(await application.roles(), [`${ben} member`])
    const me = await page.evaluate('fetch("/auth/me").then(response => response.json())')
    t.hasStrict(me, { user: { email: ben }, organization: { role: 'member' } })
    t.type(Reflect.get(Object(me), 'user').emailConfirmedAt, 'string')
  },
)

t.test('a user who is not signed in gives the password and joins', { skip }, async t => {
  const application = await invitingApplication(t)
  await application.signedUp(ben)
  const page = await watchedPage(t)
  await shown(page, await application.invite(ben))
  await press(page, 'Join')
  await fillIn(page, ben)
  await page.getByLabel('Password').fill('something else')
  await press(page, 'Sign in and join')
  await says(page, 'The address or the password is wrong.')
  await press(page, 'Create an account and join')
  await says(page, 'There is an account with this address.')
  await fillIn(page, ben)
  await page.keyboard.press('Enter')
  await says(page, 'You are a member now.')
  t.same(await application.roles(), [`${ben} member`])
})

t.test('a user who is signed in with another account learns it, and stays signed in', { skip }, async t => {
  const application = await invitingApplication(t)
  const page = await application.signedUp('grace@example.com')
  await shown(page, await application.invite(ben))
  await press(page, 'Join')
  await says(page, 'If you are signed in here with another account, sign out in the application')
  t.same(await application.roles(), [])
  const me = await page.evaluate('fetch("/auth/me").then(response => response.json())')
  t.hasStrict(me, { user: { email: 'grace@example.com' } })
})

t.test('a user with a second factor signs in on the page of the application', { skip }, async t => {
  const application = await invitingApplication(t, { secondFactor: 'offered' })
  const browser = await application.signedUp(ben)
  const secret: string = await browser.evaluate(
    'fetch("/auth/second-factor/totp", { method: "POST" }).then(response => response.json()).then(({ secret }) => secret)',
  )
  t.equal(await ask(browser, '/second-factor/totp/confirm', { code: totpCode(secret), transport: undefined }), 200)
  const page = await watchedPage(t)
  await shown(page, await application.invite(ben))
  await press(page, 'Join')
  await fillIn(page, ben)
  await press(page, 'Sign in and join')
  await says(page, 'This account has a second factor.')
  t.same(await application.roles(), [])
})

t.test('a declined invitation is not accepted any more, and a link without a token is explained', { skip }, async t => {
  const application = await invitingApplication(t)
  const page = await application.signedUp(ben)
  const link = await application.invite(ben)
  await shown(page, link)
  await press(page, 'Decline')
  await says(page, 'You have declined the invitation.')
  t.same(await violations(page), [])
  await page.goto('about:blank')
  await page.goto(link)
  await press(page, 'Show the invitation')
  await says(page, 'This invitation is no longer valid')
  t.same(await application.roles(), [])
  await page.goto(`${application.url}/auth/invitations/accept`)
  await says(page, 'This link has no token.')
})

t.test('a browser that follows everything without a click changes nothing', { skip }, async t => {
  const application = await invitingApplication(t)
  const page = await application.signedUp(ben)
  const link = await application.invite(ben)
  application.requests.length = 0
  await followEverything(page, new Set([link]))
  t.same(posts(application), [])
  t.same(await application.roles(), [])
  await shown(page, link)
  await press(page, 'Join')
  await says(page, 'You are a member now.')
})

t.test('the page fits phones and desktops, in light and in dark', { skip }, async t => {
  const application = await invitingApplication(t)
  const link = await application.invite(ben)
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [320, 1280]) {
      const page = await watchedPage(t, { colorScheme, viewport: { width, height: 800 } })
      const look = async (name: string) => {
        t.ok(await fits(page), `${name} at ${width}`)
        t.same(await violations(page), [])
        await page.screenshot({ path: `${pictures}/invitation-${name}-${width}-${colorScheme}.png`, fullPage: true })
      }
      await page.goto(link)
      await look('closed')
      await press(page, 'Show the invitation')
      await page.getByRole('button', { name: 'Join', exact: true }).waitFor()
      await look('shown')
      await press(page, 'Join')
      await says(page, 'You are not signed in here.')
      await look('account')
    }
  }
})
