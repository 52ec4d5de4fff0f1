import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { freePort } from '../../lib/cli/free-port.js'
import { totpCode } from '../../lib/testing/index.js'
import { withoutChromium } from '../support/chromium.js'
import { clientId, clientSecret } from '../support/providers/provider-flow.js'
import { realProvider } from '../support/providers/real-provider.js'
import { card, email, openDemo, password, press, signIn, signUp } from './demo-page.js'
import { followLink } from './follow-link.js'
import { violations } from './violations.js'

const skip = withoutChromium
/** For developers to look at. */
const pictures = '.tap/pictures'
mkdirSync(pictures, { recursive: true })
t.setTimeout(240_000)

const users = {
  ada: { email, email_verified: true },
  work: { email: 'ada@work.example', email_verified: true },
}

/** Opens the demo of a server with a real provider, whose pages have another site. */
async function openDemoWithProvider(t: Test, env: Readonly<Record<string, string>> = {}) {
  const PORT = String(await freePort('127.0.0.1'))
  const url = `http://localhost:${PORT}`
  const { issuer } = await realProvider(t, {
    users,
    client: { redirect_uris: [`${url}/auth/providers/acme/callback`] },
  })
  const page = await openDemo(t, {
    PORT,
    PROVIDERS: 'acme',
    PROVIDER_ACME_CLIENT_ID: clientId,
    PROVIDER_ACME_CLIENT_SECRET: clientSecret,
    PROVIDER_ACME_ISSUER: issuer,
    PROVIDER_ACME_DISPLAY_NAME: 'Acme',
    PROVIDER_ACME_VOUCHES_FOR_EMAIL: 'true',
    ...env,
  })
  return { page, url, forgetAtProvider: () => page.context().clearCookies({ domain: '127.0.0.1' }) }
}

/** Presses a button of the demo, and chooses a user at the provider. */
async function visit(page: Page, button: string, user: string): Promise<void> {
  await press(page, button)
  await page.getByRole('heading', { name: 'Sign in at the provider' }).waitFor()
  await page.getByRole('link', { name: user, exact: true }).click()
}

/** Returns the number of sessions in the list, when the page shows it. */
async function sessionsOn(page: Page): Promise<number> {
  await card(page, 'Your sessions').getByText('this session').waitFor()
  return card(page, 'Your sessions').getByRole('listitem').count()
}

const notice = (page: Page, text: string) => page.locator('#notice').getByText(text).waitFor()

t.test('a user signs up and in with a provider, links another account there, and unlinks it', { skip }, async t => {
  const { page, url, forgetAtProvider } = await openDemoWithProvider(t)
  const callbacks: string[] = []
  page.on('request', request => {
    if (request.url().startsWith(`${url}/auth/providers/acme/callback`)) callbacks.push(request.url())
  })

  await t.test('a user who cancels at the provider is back at the form', async t => {
    t.same(await violations(page), [])
    await visit(page, 'Continue with Acme', 'cancels')
    await notice(page, 'You have cancelled the sign-in at the provider.')
    t.equal(page.url(), `${url}/`, 'the fragment is gone')
    t.same(await violations(page), [])
    await page.screenshot({ path: `${pictures}/demo-providers.png`, fullPage: true })
    await page.reload()
    await page.getByRole('form', { name: 'Sign in' }).waitFor()
    t.equal(await page.locator('#notice').innerText(), '', 'a reload says nothing')
  })

  await t.test('the first visit creates an account, whose address is confirmed', async t => {
    callbacks.length = 0
    await visit(page, 'Continue with Acme', 'ada')
    await card(page, 'Your account').getByText('confirmed', { exact: true }).waitFor()
    t.equal(page.url(), `${url}/`)
    t.same(await violations(page), [])
    await page.setViewportSize({ width: 320, height: 900 })
    t.ok(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth'))
    await page.screenshot({ path: `${pictures}/demo-linked-accounts.png`, fullPage: true })
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  await t.test('the callback that is opened again leads to the same session', async t => {
    const [callback = ''] = callbacks
    for (const again of [0, 1]) {
      await page.goto(callback)
      await card(page, 'Your account').waitFor()
      t.equal(page.url(), `${url}/`)
      t.equal(await sessionsOn(page), 1, `visit ${again}`)
    }
    const tabs = await Promise.all([page.context().newPage(), page.context().newPage()])
    await Promise.all(tabs.map(tab => tab.goto(callback)))
    for (const tab of tabs) {
      await card(tab, 'Your account').waitFor()
      t.equal(await sessionsOn(tab), 1)
      await tab.close()
    }
  })

  await t.test('the back button leads to pages, and ends no session', async t => {
    for (let step = 0; step < 3; step += 1) await page.goBack()
    await page.goto(url)
    await card(page, 'Your account').waitFor()
    t.equal(await sessionsOn(page), 1)
  })

  await t.test('the only way in stays', async () => {
    await card(page, 'Linked accounts')
      .getByRole('button', { name: `Unlink Acme ${email}` })
      .click()
    await notice(page, 'This is your only way to sign in, so it stays.')
  })

  await t.test('a second account is linked, and unlinked', async t => {
    await forgetAtProvider()
    const linked = card(page, 'Linked accounts')
    await visit(page, 'Link Acme', 'cancels')
    await notice(page, 'You have cancelled the sign-in at the provider.')
    await visit(page, 'Link Acme', 'work')
    await notice(page, 'Your account at Acme is linked.')
    await linked.getByText('ada@work.example').waitFor()
    t.equal(await linked.getByRole('listitem').count(), 2)
    await linked.getByRole('button', { name: 'Unlink Acme ada@work.example' }).click()
    await notice(page, 'Your account at Acme is unlinked.')
    await linked.getByText('ada@work.example').waitFor({ state: 'detached' })
  })

  await t.test('a later visit signs in to the same account', async () => {
    await press(page, 'Sign out')
    await forgetAtProvider()
    await visit(page, 'Continue with Acme', 'ada')
    await card(page, 'Your account').getByText(email).waitFor()
  })

  await t.test('with a second factor, the visit alone signs no user in', async t => {
    await press(page, 'Set up an authenticator app')
    const secret = await page.locator('.key code').innerText()
    await page.getByLabel('Code that the app shows now').fill(totpCode(secret))
    await press(page, 'Confirm the app')
    const recoveryCode = await page.locator('.codes code').first().innerText()
    await press(page, 'I have kept the codes')
    await press(page, 'Sign out')
    // The provider still knows the user, and asks nothing.
    await press(page, 'Continue with Acme')
    await card(page, 'Your second factor').waitFor()
    t.equal(page.url(), `${url}/`)
    t.same(await violations(page), [])
    await press(page, 'Back to the sign-in')
    await page.getByRole('form', { name: 'Sign in' }).waitFor()
    await press(page, 'Continue with Acme')
    await card(page, 'Your second factor').waitFor()
    await press(page, 'Use a recovery code')
    await page.getByLabel('Recovery code').fill(recoveryCode)
    await page.keyboard.press('Enter')
    await card(page, 'Your account').waitFor()
  })
})

t.test(
  'an account with the same confirmed address is not taken: its owner links the provider, also with strict cookies',
  { skip },
  async t => {
    const { page, url } = await openDemoWithProvider(t, { COOKIE_SAME_SITE: 'strict' })
    await signUp(page)
    await card(page, 'Your account').waitFor()
    await followLink(t, url, '/auth/email/confirm', page => page.getByLabel('Password', { exact: true }).fill(password))
    await press(page, 'Sign out')
    await visit(page, 'Continue with Acme', 'ada')
    await notice(page, 'An account with this address already exists.')
    await signIn(page)
    await card(page, 'Your account').waitFor()
    await press(page, 'Link Acme')
    await notice(page, 'Your account at Acme is linked.')
    await press(page, 'Sign out')
    await press(page, 'Continue with Acme')
    await card(page, 'Linked accounts').getByText(email).waitFor()
    t.same(await violations(page), [])
  },
)

t.test('a server without providers offers none', { skip }, async t => {
  const page = await openDemo(t)
  t.equal(await page.getByRole('button', { name: /Continue with/ }).count(), 0)
  await signUp(page)
  await card(page, 'Your account').waitFor()
  t.equal(await card(page, 'Linked accounts').count(), 0)
})
