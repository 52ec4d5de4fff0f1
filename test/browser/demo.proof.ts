import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { serveHere } from '../cli/fixtures/running-server.js'
import { openPage, withoutChromium } from '../support/chromium.js'
import { followLink } from './follow-link.js'
import { violations } from './violations.js'

const skip = withoutChromium
const email = 'ada@example.com'
const password = 'correct horse battery'
/** For developers to look at. */
const pictures = '.tap/pictures'
mkdirSync(pictures, { recursive: true })

function card(page: Page, name: string) {
  return page.getByRole('region', { name, exact: true })
}

async function signUp(page: Page, address: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByLabel('E-mail').fill(address)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('form', { name: 'Sign up' }).getByRole('button').click()
  await card(page, 'Your account').waitFor()
}

async function signIn(page: Page, address: string, word: string): Promise<void> {
  await page.getByLabel('E-mail').fill(address)
  await page.getByLabel('Password').fill(word)
  await page.getByRole('form', { name: 'Sign in' }).getByRole('button').click()
}

async function start(t: Test) {
  const { url } = await serveHere(t, t.testdir({}))
  const page = await openPage(t, { permissions: ['clipboard-read', 'clipboard-write'] })
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  page.on('console', message => {
    if (/Content Security Policy|Trusted/.test(message.text())) errors.push(message.text())
  })
  await page.goto(url)
  await page.getByLabel('E-mail').waitFor()
  return { url, page, errors }
}

t.test('a whole account is led on the page, from its sign-up to its end', { skip }, async t => {
  const { url, page, errors } = await start(t)
  const notice = page.locator('#notice')
  await signUp(page, email)
  await page.screenshot({ path: `${pictures}/demo-signed-in.png`, fullPage: true })

  await t.test('the address is confirmed with the link in the development mailbox', async t => {
    await page.getByText('not confirmed', { exact: true }).waitFor()
    await followLink(t, url, '/auth/email/confirm', page => page.getByLabel('Password', { exact: true }).fill(password))
    await page.getByRole('button', { name: 'Check the confirmation' }).click()
    await page.getByText('confirmed', { exact: true }).waitFor()
  })

  await t.test('another session is seen, and ended', async t => {
    const other = await openPage(t)
    await other.goto(url)
    await signIn(other, email, password)
    await card(other, 'Your account').waitFor()
    const list = card(page, 'Your sessions')
    await list.getByRole('button', { name: 'Refresh the list' }).click()
    const end = list.getByRole('button', { name: /^End the session of/ })
    await end.click()
    await notice.getByText('The session has ended.').waitFor()
    await end.waitFor({ state: 'detached' })
    t.equal(await list.getByRole('listitem').count(), 1)
    await other.getByRole('button', { name: 'Refresh the list' }).click()
    await other.getByRole('form', { name: 'Sign in' }).waitFor()
  })

  await t.test('a key is made, copied this once, used and deleted', async t => {
    const keys = card(page, 'API keys')
    await keys.getByLabel('Name of a new key').fill('backup')
    await keys.getByRole('button', { name: 'Create a key' }).click()
    const key = await keys.locator('.key > code').innerText()
    await keys.getByRole('button', { name: 'Copy' }).click()
    await notice.getByText('The key is in your clipboard.').waitFor()
    t.equal(await page.evaluate('navigator.clipboard.readText()'), key)
    await keys.getByRole('button', { name: 'Send a request' }).click()
    await keys.locator('pre').waitFor()
    t.match(await keys.locator('pre').innerText(), /→ 200.*"via": "apiKey"/s)
    await page.screenshot({ path: `${pictures}/demo-key.png`, fullPage: true })
    await keys.getByRole('button', { name: 'Hide the key' }).click()
    t.equal((await page.content()).includes(key), false)
    await keys.getByRole('button', { name: 'Delete the key backup' }).click()
    await notice.getByText('The key is deleted').waitFor()
    const refused = await fetch(`${url}/auth/me`, { headers: { authorization: `Bearer ${key}` } })
    t.equal(refused.status, 401)
  })

  await t.test('the page reports a wrong password beside the button, and the right one changes it', async () => {
    const change = card(page, 'Change your password')
    await change.getByLabel('Current password').fill('something else')
    await change.getByLabel('New password').fill('a brand new sentence')
    await change.getByRole('button').click()
    await change.getByRole('alert').getByText('wrong').waitFor()
    await change.getByLabel('Current password').fill(password)
    await change.getByRole('button').click()
    await notice.getByText('Your password is changed.').waitFor()
  })

  await t.test('the address is changed once the link that was sent there is opened', async t => {
    const change = card(page, 'Change your address')
    await change.getByLabel('New e-mail').fill('lovelace@example.com')
    await change.getByLabel('Current password').fill('a brand new sentence')
    await change.getByRole('button').click()
    await notice.getByText('Open the link').waitFor()
    await followLink(t, url, '/auth/email/change/confirm', page =>
      page.getByLabel('Password', { exact: true }).fill('a brand new sentence'),
    )
    await page.reload()
    await page.locator('.who', { hasText: 'lovelace@example.com' }).waitFor()
  })

  await t.test('a mailed link replaces a forgotten password', async t => {
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Forgot password' }).click()
    await page.getByLabel('E-mail').fill('lovelace@example.com')
    await page.getByRole('button', { name: 'Send the link' }).click()
    await notice.getByText('Check your mailbox').waitFor()
    await followLink(t, url, '/auth/password/reset', reset => reset.locator('#password').fill('yet another sentence'))
    await page.getByRole('button', { name: 'Sign in' }).first().click()
    await signIn(page, 'lovelace@example.com', 'yet another sentence')
    await card(page, 'Your account').waitFor()
  })

  await t.test('a deleted account is gone', async () => {
    const end = card(page, 'Delete your account')
    await end.getByLabel('Current password').fill('yet another sentence')
    await end.getByRole('button').click()
    await notice.getByText('Your account is deleted.').waitFor()
    await signIn(page, 'lovelace@example.com', 'yet another sentence')
    await page.getByRole('alert').getByText('The address or the password is wrong.').waitFor()
  })

  t.same(errors, [])
})

t.test('the page fits phones and desktops, in light and in dark, and axe finds nothing wrong', { skip }, async t => {
  const { url } = await serveHere(t, t.testdir({}))
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [320, 768, 1440]) {
      await t.test(`${width} pixels, ${colorScheme}`, async t => {
        const page = await openPage(t, { colorScheme, viewport: { width, height: 900 } })
        const fits = () => page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')
        const look = (name: string) =>
          page.screenshot({ path: `${pictures}/demo-${name}-${width}-${colorScheme}.png`, fullPage: true })
        await page.goto(url)
        await page.getByLabel('E-mail').waitFor()
        t.ok(await fits(), 'for signed-out users it scrolls in one direction')
        t.same(await violations(page), [])
        await look('signed-out')
        await signUp(page, `a-rather-long-address-${width}-${colorScheme}@example.com`)
        await card(page, 'Your sessions').getByText('this session').waitFor()
        t.ok(await fits(), 'for signed-in users, too')
        t.same(await violations(page), [])
        await look('signed-in')
        await page.goto(`${url}/dev/mail`)
        t.ok(await fits(), 'and so do readers of messages')
        t.same(await violations(page), [])
        await look('mailbox')
      })
    }
  }
})

t.test('the page is led by the keyboard alone', { skip }, async t => {
  const { page } = await start(t)
  const press = async (key: string, times = 1) => {
    for (let time = 0; time < times; time += 1) await page.keyboard.press(key)
  }
  await page.getByRole('button', { name: 'Sign up' }).focus()
  await press('Enter')
  await page.keyboard.type('keys@example.com')
  await press('Tab')
  await page.keyboard.type(password)
  await press('Enter')
  await card(page, 'Your account').waitFor()
  await page.getByRole('button', { name: 'Sign out' }).focus()
  await press('Enter')
  await page.getByRole('form', { name: 'Sign in' }).waitFor()
  t.equal(await page.locator('.who').count(), 0)
})
