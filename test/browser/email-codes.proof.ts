import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import t from 'tap'
import { totpCode } from '../../lib/testing/index.js'
import { openPage, withoutChromium } from '../support/chromium.js'
import { card, email, focusedField, openDemo, press, signUp } from './demo-page.js'
import { askForCode, enterCode } from './sign-in-message.js'
import { violations } from './violations.js'

const skip = withoutChromium
/** For developers to look at. */
const pictures = '.tap/pictures'
mkdirSync(pictures, { recursive: true })
t.setTimeout(240_000)

const on = { EMAIL_SIGN_IN: 'sign-up' }

/** Opens a link in another tab of the same browser. Errors of the page and refusals of its policy fail the test. */
async function openTab(page: Page, link: string): Promise<Page> {
  const tab = await page.context().newPage()
  tab.on('pageerror', error => {
    throw error
  })
  tab.on('console', message => {
    if (/Content Security Policy/.test(message.text())) throw new Error(message.text())
  })
  await tab.goto(link)
  return tab
}

const fits = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')

t.test('a user signs up with a mailed code, and leads the account without a password', { skip }, async t => {
  const page = await openDemo(t, on)

  await t.test('the page asks for the address, then for the code, and one can return', async t => {
    await press(page, 'Sign in with a code')
    t.equal(await focusedField(page), 'email')
    t.same(await violations(page), [])
    await askForCode(page, 'adda@example.com')
    await page.getByText('adda@example.com', { exact: true }).waitFor()
    await press(page, 'Use another address')
    t.equal(await focusedField(page), 'email')
  })

  await t.test('the field suits the keyboard of phones, and the page fits them', async t => {
    const { code } = await askForCode(page, email)
    t.equal(await focusedField(page), 'code')
    const field = page.getByLabel('Code in the message')
    const attributes = ['autocomplete', 'inputmode', 'autocapitalize']
    t.same(await Promise.all(attributes.map(name => field.getAttribute(name))), ['one-time-code', 'text', 'characters'])
    await page.setViewportSize({ width: 320, height: 900 })
    t.ok(await fits(page))
    t.same(await violations(page), [])
    await page.screenshot({ path: `${pictures}/demo-mailed-code.png`, fullPage: true })
    await page.setViewportSize({ width: 1280, height: 900 })

    await enterCode(page, '0000-0000')
    await page.getByRole('alert').getByText('The code is wrong or no longer valid.').waitFor()
    t.same(await violations(page), [])
    await enterCode(page, ` ${code.toLowerCase().replace('-', ' ')} `)
    await card(page, 'Your account').getByText('confirmed', { exact: true }).waitFor()
    t.same(await violations(page), [])
  })

  await t.test('the user sets a password, and deletes the account without it', async () => {
    const change = card(page, 'Change your password')
    await change.getByLabel('New password').fill('a brand new sentence')
    await change.getByRole('button').click()
    await page.locator('#notice').getByText('Your password is changed.').waitFor()
    await card(page, 'Delete your account').getByRole('button').click()
    await page.locator('#notice').getByText('Your account is deleted.').waitFor()
  })
})

t.test('a click on the page of the link signs in, and the page that asked learns of it', { skip }, async t => {
  const page = await openDemo(t, on)
  const { link, code } = await askForCode(page, email)
  const tab = await openTab(page, link)
  t.equal(tab.url(), link.replace(/#.*/, ''), 'the token is out of the address bar')
  t.equal(await tab.locator('#code').innerText(), code)
  t.same(await violations(tab), [])
  await tab.setViewportSize({ width: 320, height: 640 })
  t.ok(await fits(tab))
  await tab.screenshot({ path: `${pictures}/sign-in-page.png`, fullPage: true })
  await page.waitForTimeout(200)
  t.ok(await page.getByLabel('Code in the message').isVisible(), 'the open page has changed nothing')

  await tab.getByRole('button', { name: 'Sign in here' }).dblclick()
  await tab.getByRole('status').getByText('You are signed in.').waitFor()
  t.same(await violations(tab), [])
  await card(page, 'Your account').waitFor()
  await card(page, 'Your sessions').getByText('this session').waitFor()
  t.equal(await card(page, 'Your sessions').getByRole('listitem').count(), 1)
  await tab.goto('about:blank')
  await tab.goto(link)
  await tab.getByRole('button', { name: 'Sign in here' }).click()
  await tab.getByText('This link works once').waitFor()
})

t.test('a page that hears nothing from other tabs learns it when the user returns', { skip }, async t => {
  const page = await openDemo(t, on)
  await page.addInitScript('delete window.BroadcastChannel')
  await page.reload()
  const { link } = await askForCode(page, email)
  const tab = await openTab(page, link)
  await tab.getByRole('button', { name: 'Sign in here' }).click()
  await tab.getByRole('status').getByText('You are signed in.').waitFor()
  t.ok(await page.getByLabel('Code in the message').isVisible())
  await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))')
  await card(page, 'Your account').waitFor()
})

t.test('in another browser, the link shows the code, and signs no user in', { skip }, async t => {
  const page = await openDemo(t, on)
  const { link, code } = await askForCode(page, email)
  const other = await openPage(t)
  await other.goto(link)
  t.equal(await other.locator('#code').innerText(), code)
  await other.getByRole('button', { name: 'Sign in here' }).click()
  await other.getByText('On another device, enter the code there.').waitFor()
  t.ok(await other.getByRole('button', { name: 'Sign in here' }).isEnabled())
  const { origin } = new URL(page.url())
  t.same(
    (await other.context().cookies()).map(({ name }) => name),
    [],
  )
  await other.goto(origin)
  await other.getByRole('form', { name: 'Sign in' }).waitFor()
  await enterCode(page, code)
  await card(page, 'Your account').waitFor()
})

t.test('a user with a second factor gives it after the code and after the link', { skip }, async t => {
  const page = await openDemo(t, on)
  await enterCode(page, (await askForCode(page, email)).code)
  await press(page, 'Set up an authenticator app')
  const secret = await page.locator('.key code').innerText()
  await page.getByLabel('Code that the app shows now').fill(totpCode(secret))
  await press(page, 'Confirm the app')
  await page.getByRole('group', { name: 'Your recovery codes' }).waitFor()
  const [first = '', second = ''] = await page.locator('.codes code').allInnerTexts()
  await press(page, 'I have kept the codes')

  await t.test('after the code, on the page that asked', async t => {
    await press(page, 'Sign out')
    await enterCode(page, (await askForCode(page, email)).code)
    await card(page, 'Your second factor').waitFor()
    t.same(await violations(page), [])
    await press(page, 'Ask for another code')
    await page.getByRole('form', { name: 'Request a code' }).waitFor()
    await enterCode(page, (await askForCode(page, email)).code)
    await card(page, 'Your second factor').waitFor()
    // As if the sign-in had expired.
    await page.context().clearCookies({ name: /sign_in/ })
    await page.getByLabel('Code of your authenticator app').fill('000000')
    await page.keyboard.press('Enter')
    await page.locator('#notice').getByText('The sign-in took too long.').waitFor()
    await enterCode(page, (await askForCode(page, email)).code)
    await press(page, 'Use a recovery code')
    await page.getByLabel('Recovery code').fill(first)
    await page.keyboard.press('Enter')
    await card(page, 'Your account').waitFor()
  })

  await t.test('after the link, on its page', async t => {
    await press(page, 'Sign out')
    const { link } = await askForCode(page, email)
    const tab = await openTab(page, link)
    await tab.getByRole('button', { name: 'Sign in here' }).click()
    const field = tab.getByLabel('Code of your authenticator app, or a recovery code')
    await field.waitFor()
    await tab.getByRole('status').getByText('Now give your second factor.').waitFor()
    t.equal(await focusedField(tab), 'factor')
    t.same(await violations(tab), [])
    await tab.screenshot({ path: `${pictures}/sign-in-page-second-factor.png`, fullPage: true })
    await tab.keyboard.type('000 000')
    await tab.keyboard.press('Enter')
    await tab.getByRole('status').getByText('The code is wrong, or was used before.').waitFor()
    await field.fill(second)
    await tab.keyboard.press('Enter')
    await tab.getByRole('status').getByText('You are signed in.').waitFor()
    await card(page, 'Your account').waitFor()
  })
})

t.test('without sign-up by code, an address without an account gets no message', { skip }, async t => {
  const page = await openDemo(t, { EMAIL_SIGN_IN: 'on' })
  await signUp(page)
  await press(page, 'Sign out')
  await press(page, 'Sign in with a code')
  await page.getByLabel('E-mail').fill('adda@example.com')
  await page.keyboard.press('Enter')
  await page.getByLabel('Code in the message').waitFor()
  await press(page, 'Use another address')
  await enterCode(page, (await askForCode(page, email)).code)
  await card(page, 'Your account').waitFor()
  await page.goto(new URL('/dev/mail', page.url()).href)
  t.notMatch(await page.content(), 'adda@example.com')
})

t.test('a server without mailed codes offers none', { skip }, async t => {
  const page = await openDemo(t)
  t.equal(await page.getByRole('button', { name: 'Sign in with a code' }).count(), 0)
  t.equal(await page.evaluate('document.body.dataset.mailedCodes'), 'off')
  await signUp(page)
  const present = card(page, 'Change your password').getByLabel('Current password')
  t.equal(await present.getAttribute('required'), '')
})
