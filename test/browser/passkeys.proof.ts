import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { totpCode } from '../../lib/testing/index.js'
import { withoutChromium } from '../support/chromium.js'
import { card, email, openDemo, password, press, signIn, signUp } from './demo-page.js'
import { followLink } from './follow-link.js'
import { violations } from './violations.js'
import { addAuthenticator, passkeyRequest, type VirtualAuthenticator } from './virtual-authenticator.js'

const skip = withoutChromium
/** For developers to look at. */
const pictures = '.tap/pictures'
mkdirSync(pictures, { recursive: true })
t.setTimeout(240_000)

function confirmAddress(t: Test, page: Page): Promise<void> {
  const { origin } = new URL(page.url())
  return followLink(t, origin, '/auth/email/confirm', link =>
    link.getByLabel('Password', { exact: true }).fill(password),
  )
}

/** A demo page with an authenticator, whose user Ada has just confirmed her address. */
async function openWithAuthenticator(t: Test): Promise<{ page: Page; authenticator: VirtualAuthenticator }> {
  const page = await openDemo(t)
  const authenticator = await addAuthenticator(page)
  await signUp(page)
  await card(page, 'Passkeys').getByText('Confirm your address to add a passkey.').waitFor()
  await confirmAddress(t, page)
  await press(page, 'Check the confirmation')
  await card(page, 'Passkeys').getByLabel('Name of a new passkey').waitFor()
  return { page, authenticator }
}

async function addPasskey(page: Page, name: string): Promise<void> {
  const own = card(page, 'Passkeys')
  await own.getByLabel('Name of a new passkey').fill(name)
  await own.getByRole('button', { name: 'Add a passkey' }).click()
}

/** Signs out, while the user would not pick a passkey. Resolves when the autofill waits: presence applies to later requests. */
async function signOut(page: Page, authenticator: VirtualAuthenticator): Promise<void> {
  await authenticator.setPresent(false)
  const autofill = passkeyRequest(page)
  await press(page, 'Sign out')
  await autofill
}

t.test('a user adds a passkey on the page, signs in with it in every way, and removes it', { skip }, async t => {
  const { page, authenticator } = await openWithAuthenticator(t)
  const notice = page.locator('#notice')
  const own = card(page, 'Passkeys')

  await t.test('the passkey is added and listed, and the authenticator makes no second one', async t => {
    await addPasskey(page, 'Laptop')
    await notice.getByText('The passkey is added.').waitFor()
    await own.getByText('Laptop').waitFor()
    t.same(
      (await authenticator.passkeys()).map(({ userName }) => userName),
      [email],
    )
    await addPasskey(page, 'Again')
    await own.getByRole('alert').getByText('already has a passkey of your account').waitFor()
    t.same(await violations(page), [])
    await page.screenshot({ path: `${pictures}/demo-passkeys.png`, fullPage: true })
  })

  await t.test('it is renamed', async t => {
    await own.getByRole('button', { name: 'Rename the passkey Laptop' }).click()
    await own.getByLabel('New name of Laptop').fill('Old laptop')
    t.same(await violations(page), [])
    await page.keyboard.press('Enter')
    await own.getByText('Old laptop', { exact: true }).waitFor()
    await own.getByRole('button', { name: 'Rename the passkey Old laptop' }).click()
    await own.getByRole('button', { name: 'Keep the name' }).click()
    await own.getByRole('button', { name: 'Remove the passkey Old laptop' }).waitFor()
    await page.setViewportSize({ width: 320, height: 900 })
    t.ok(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth'), 'the list fits a phone')
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  await t.test('the user picks it in the autofill of the sign-in form', async t => {
    await signOut(page, authenticator)
    const field = page.getByRole('form', { name: 'Sign in' }).getByLabel('E-mail')
    t.equal(await field.getAttribute('autocomplete'), 'username webauthn')
    t.same(await violations(page), [])
    await page.screenshot({ path: `${pictures}/demo-passkey-sign-in.png`, fullPage: true })
    await authenticator.setPresent(true)
    await page.reload()
    await card(page, 'Your account').waitFor()
  })

  await t.test('an autofill that waits gets a new challenge before its own expires, and signs in with it', async () => {
    await page.route('**/auth/sign-in/passkey/options', async route => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json()), timeout: 1_000 } })
    })
    await signOut(page, authenticator)
    await page.waitForResponse('**/auth/sign-in/passkey/options')
    await authenticator.setPresent(true)
    await card(page, 'Your account').waitFor()
    await page.unrouteAll({ behavior: 'wait' })
  })

  await t.test('a button ends the pending autofill, and signs in', async () => {
    await signOut(page, authenticator)
    await authenticator.setPresent(true)
    await press(page, 'Sign in with a passkey')
    await card(page, 'Your account').waitFor()
  })

  await t.test('a user who does not verify, or closes the dialog, sees no error and can go on', async t => {
    await signOut(page, authenticator)
    await authenticator.setVerified(false)
    await authenticator.setPresent(true)
    const again = page.waitForResponse('**/auth/sign-in/passkey/options')
    await press(page, 'Sign in with a passkey')
    await again
    await page.getByRole('button', { name: 'Sign in with a passkey', disabled: false }).waitFor()
    t.equal(await notice.innerText(), '')
    await authenticator.setVerified(true)
    await authenticator.setPresent(false)
    await signIn(page)
    await card(page, 'Your account').waitFor()
  })

  await t.test('of two requests, the browser serves the later one', async t => {
    await signOut(page, authenticator)
    const codes = await page.evaluate(`(async () => {
      const { createAuthClient } = await import('/assets/client/index.js')
      const client = createAuthClient()
      const both = await Promise.all([client.signInWithPasskey(), client.signInWithPasskey({ autofill: true }, { signal: AbortSignal.timeout(500) })])
      return both.map(({ error }) => error.code)
    })()`)
    t.same(codes, ['PASSKEY_CANCELLED', 'ABORTED'])
    await signIn(page)
    await card(page, 'Your account').waitFor()
  })

  await t.test('if the sign-in is too long ago, the passkey proves who the user is, and is then removed', async t => {
    // Answers as the server does after five minutes.
    let refusals = 2
    await page.route('**/auth/passkeys/*', (route, request) => {
      if (request.method() !== 'DELETE' || refusals === 0) return route.continue()
      refusals -= 1
      return route.fulfill({ status: 403, json: { code: 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED', message: 'Sign in' } })
    })
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
    const remove = own.getByRole('button', { name: 'Remove the passkey Old laptop' })
    await remove.click()
    await dialog.getByRole('button', { name: 'Use a passkey' }).click()
    t.same(await violations(page), [])
    await page.keyboard.press('Escape')
    await notice.getByText('This needs your password again.').waitFor()
    await authenticator.setPresent(true)
    await remove.click()
    await dialog.getByRole('button', { name: 'Use a passkey' }).click()
    await notice.getByText('The passkey is removed').waitFor()
    await own.getByText('Old laptop').waitFor({ state: 'detached' })
    t.same(await authenticator.passkeys(), [], 'the authenticator has removed it, too')
    await page.unrouteAll()
  })
})

t.test('a passkey that was removed elsewhere is refused, and the form still works', { skip }, async t => {
  const { page, authenticator } = await openWithAuthenticator(t)
  await addPasskey(page, 'Laptop')
  await card(page, 'Passkeys').getByText('Laptop').waitFor()
  await page.evaluate(`(async () => {
    const csrf = { method: 'DELETE', credentials: 'include' }
    const { items } = await (await fetch('/auth/passkeys')).json()
    await fetch('/auth/passkeys/' + items[0].id, csrf)
  })()`)
  t.equal((await authenticator.passkeys()).length, 1)
  await signOut(page, authenticator)
  await authenticator.setPresent(true)
  await press(page, 'Sign in with a passkey')
  const notice = page.locator('#notice')
  await notice.getByText('This passkey is not accepted.').waitFor()
  t.same(await violations(page), [])
  await authenticator.setPresent(false)
  await signIn(page)
  await card(page, 'Your account').waitFor()
  await page.reload()
  await card(page, 'Passkeys').getByLabel('Name of a new passkey').waitFor()
})

t.test('a passkey is a second factor, also in the dialog that asks again', { skip }, async t => {
  const { page, authenticator } = await openWithAuthenticator(t)
  await addPasskey(page, 'Laptop')
  await card(page, 'Passkeys').getByText('Laptop').waitFor()
  await press(page, 'Set up an authenticator app')
  await page.getByLabel('Code that the app shows now').fill(totpCode(await page.locator('.key code').innerText()))
  await press(page, 'Confirm the app')
  await press(page, 'I have kept the codes')
  await signOut(page, authenticator)
  await signIn(page)
  const own = card(page, 'Your second factor')
  await own.getByRole('button', { name: 'Use a passkey' }).waitFor()
  t.same(await violations(page), [])

  await authenticator.setVerified(false)
  await authenticator.setPresent(true)
  await own.getByRole('button', { name: 'Use a passkey' }).click()
  await own.getByRole('button', { name: 'Use a passkey', disabled: false }).waitFor()
  t.same(await own.getByRole('alert').allInnerTexts(), [], 'a user who cancels sees no error')
  await authenticator.setVerified(true)
  await own.getByRole('button', { name: 'Use a passkey' }).click()
  await card(page, 'Your account').waitFor()

  // Answers as the server does after five minutes.
  let refusals = 1
  await page.route('**/auth/second-factor/totp', (route, request) => {
    if (request.method() !== 'DELETE' || refusals === 0) return route.continue()
    refusals -= 1
    return route.fulfill({ status: 403, json: { code: 'FAST_AUTH_SECOND_FACTOR_REQUIRED', message: 'Give it' } })
  })
  await press(page, 'Remove the app')
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await dialog.getByRole('button', { name: 'Use a passkey' }).click()
  await page.locator('#notice').getByText('Your second factor is removed.').waitFor()
})

t.test('where a second factor is required, a passkey is enough', { skip }, async t => {
  const page = await openDemo(t, { SECOND_FACTOR: 'required' })
  await addAuthenticator(page)
  await signUp(page)
  const own = card(page, 'Or a passkey')
  await own.getByRole('button', { name: 'Add a passkey' }).click()
  await own.getByRole('alert').getByText('This address is not confirmed yet.').waitFor()
  await confirmAddress(t, page)
  await own.getByRole('button', { name: 'Add a passkey' }).click()
  await page.locator('#notice').getByText('Use it now to continue.').waitFor()
  t.same(await violations(page), [])
  await own.getByRole('button', { name: 'Use a passkey' }).click()
  await card(page, 'Your account').waitFor()
  await card(page, 'Passkeys').getByText('Passkey', { exact: true }).waitFor()
  await card(page, 'Second factor').getByText('With an authenticator app on your phone').waitFor()
})

t.test('a server without passkeys offers none', { skip }, async t => {
  const page = await openDemo(t, { PASSKEYS: 'off' })
  t.equal(await page.getByRole('button', { name: 'Sign in with a passkey' }).count(), 0)
  t.equal(await page.getByLabel('E-mail').getAttribute('autocomplete'), 'username')
  await signUp(page)
  await card(page, 'Your sessions').getByText('this session').waitFor()
  t.equal(await card(page, 'Passkeys').count(), 0)
})
