import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import t from 'tap'
import { totpCode } from '../../lib/testing/index.js'
import { withoutChromium } from '../support/chromium.js'
import { card, email, focusedField, openDemo, password, press, scanned, signIn, signUp } from './demo-page.js'
import { violations } from './violations.js'

const skip = withoutChromium
/** For developers to look at. */
const pictures = '.tap/pictures'
mkdirSync(pictures, { recursive: true })
t.setTimeout(180_000)

t.test('a user sets up a second factor on the page, signs in with it, and removes it', { skip }, async t => {
  const page = await openDemo(t)
  const notice = page.locator('#notice')
  await signUp(page)
  const own = card(page, 'Second factor')
  const app = { secret: '', codes: [''] }
  let spentStep = 0

  /** Returns a code that was not used before: the server also accepts the one of the next 30 seconds. */
  function nextCode(): string {
    spentStep = Math.max(Math.floor(Date.now() / 30_000), spentStep + 1)
    return totpCode(app.secret, spentStep * 30_000)
  }

  await t.test('the QR code in the page contains the secret that is shown as text', async t => {
    const [answer] = await Promise.all([
      page.waitForResponse('**/auth/second-factor/totp'),
      own.getByRole('button', { name: 'Set up an authenticator app' }).click(),
    ])
    t.equal(answer.headers()['cache-control'], 'no-store')
    app.secret = await own.locator('.key code').innerText()
    const uri = (await scanned(page)) ?? ''
    t.match(uri, /^otpauth:\/\/totp\//)
    t.equal(new URL(uri).searchParams.get('secret'), app.secret)
    t.match(decodeURIComponent(uri), email)
    t.same(await violations(page), [])
    await page.screenshot({ path: `${pictures}/demo-second-factor.png`, fullPage: true })
  })

  await t.test('a wrong code is reported, the right one shows ten recovery codes', async t => {
    const code = own.getByLabel('Code that the app shows now')
    t.equal(await code.getAttribute('autocomplete'), 'one-time-code')
    t.equal(await code.getAttribute('inputmode'), 'numeric')
    t.equal(await focusedField(page), 'code')
    await code.fill('000000')
    await page.keyboard.press('Enter')
    await own.getByRole('alert').getByText('The code is wrong').waitFor()
    await code.fill(nextCode())
    await page.keyboard.press('Enter')
    await own.getByRole('group', { name: 'Your recovery codes' }).waitFor()
    app.codes = await own.locator('.codes code').allInnerTexts()
    t.equal(new Set(app.codes).size, 10)
    await page.setViewportSize({ width: 320, height: 900 })
    t.ok(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth'), 'the codes fit a phone')
    t.same(await violations(page), [])
  })

  await t.test('the recovery codes are copied, downloaded and printed', async t => {
    await own.getByRole('button', { name: 'Copy' }).click()
    await notice.getByText('The codes are in your clipboard.').waitFor()
    t.equal(await page.evaluate('navigator.clipboard.readText()'), app.codes.join('\n'))
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      own.getByRole('button', { name: 'Download' }).click(),
    ])
    t.equal(download.suggestedFilename(), 'recovery-codes.txt')
    const text = await readFile(await download.path(), 'utf8')
    for (const code of app.codes) t.match(text, code)
    await page.evaluate('window.print = () => { document.title = "printed" }')
    await own.getByRole('button', { name: 'Print' }).click()
    t.equal(await page.title(), 'printed')
    await page.emulateMedia({ media: 'print' })
    t.ok(await own.locator('.codes').isVisible())
    t.notOk(await card(page, 'Your sessions').isVisible(), 'only the codes are printed')
    await page.emulateMedia({ media: null })
    await own.getByRole('button', { name: 'I have kept the codes' }).click()
    await own.getByText('10 recovery codes are left.').waitFor()
    t.notMatch(await page.content(), app.codes[0])
  })

  await t.test('a sign-in asks for the code, and accepts no wrong one', async t => {
    await press(page, 'Sign out')
    await signIn(page)
    const code = page.getByLabel('Code of your authenticator app')
    await code.waitFor()
    t.same(await violations(page), [])
    t.equal(await focusedField(page), 'code')
    await page.keyboard.type('000000')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('The code is wrong').waitFor()
    await code.fill(nextCode())
    await page.keyboard.press('Enter')
    await card(page, 'Your account').waitFor()
  })

  await t.test('the user can return to the password', async () => {
    await press(page, 'Sign out')
    await signIn(page)
    await press(page, 'Back to the password')
    await page.getByRole('form', { name: 'Sign in' }).waitFor()
  })

  await t.test('a recovery code replaces the app once', async () => {
    const give = async (code = '') => {
      await page.getByLabel('Recovery code').fill(code)
      await page.getByRole('form', { name: 'Second factor' }).getByRole('button').click()
    }
    await signIn(page)
    await press(page, 'Use a recovery code')
    await give(app.codes[0]?.toUpperCase())
    await own.getByText('9 recovery codes are left.').waitFor()
    await press(page, 'Sign out')
    await signIn(page)
    await press(page, 'Use a recovery code')
    await give(app.codes[0])
    await page.getByRole('alert').getByText('The code is wrong').waitFor()
    await give(app.codes[1])
    await own.getByText('8 recovery codes are left.').waitFor()
  })

  await t.test('new recovery codes replace the earlier ones', async t => {
    await own.getByRole('button', { name: 'Get new recovery codes' }).click()
    await own.getByRole('group', { name: 'Your recovery codes' }).waitFor()
    const codes = await own.locator('.codes code').allInnerTexts()
    t.notOk(codes.some(code => app.codes.includes(code)))
    app.codes = codes
    await own.getByRole('button', { name: 'I have kept the codes' }).click()
    await own.getByText('10 recovery codes are left.').waitFor()
  })

  await t.test(
    'if the second factor was given too long ago, the page asks for it, and then removes the app',
    async t => {
      const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
      // Answers as the server does after five minutes.
      let refusals = 2
      await page.route('**/auth/second-factor/totp', (route, request) => {
        if (request.method() !== 'DELETE' || refusals === 0) return route.continue()
        refusals -= 1
        return route.fulfill({ status: 403, json: { code: 'FAST_AUTH_SECOND_FACTOR_REQUIRED', message: 'Give it' } })
      })
      await own.getByRole('button', { name: 'Remove the app' }).click()
      await dialog.waitFor()
      t.same(await violations(page), [])
      await page.keyboard.press('Escape')
      await notice.getByText('This needs your second factor.').waitFor()
      await own.getByRole('button', { name: 'Remove the app' }).click()
      await dialog.getByRole('button', { name: 'Use a recovery code' }).click()
      await dialog.getByLabel('Recovery code').fill(app.codes[0] ?? '')
      await dialog.getByRole('button', { name: 'Confirm' }).click()
      await notice.getByText('Your second factor is removed.').waitFor()
      await own.getByRole('button', { name: 'Set up an authenticator app' }).waitFor()
      await press(page, 'Sign out')
      await signIn(page)
      await card(page, 'Your account').waitFor()
    },
  )
})

t.test('if the sign-in is too long ago, the page asks for the password before a set-up', { skip }, async t => {
  const page = await openDemo(t)
  await signUp(page)
  // Answers as the server does after five minutes.
  let refusals = 1
  await page.route('**/auth/second-factor/totp', route => {
    if (refusals === 0) return route.continue()
    refusals -= 1
    return route.fulfill({ status: 403, json: { code: 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED', message: 'Sign in' } })
  })
  await press(page, 'Set up an authenticator app')
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await dialog.getByLabel('Your password').fill('something else')
  await page.keyboard.press('Enter')
  await dialog.getByRole('alert').getByText('wrong').waitFor()
  await dialog.getByLabel('Your password').fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor()
  await press(page, 'Cancel')
  await page.getByRole('button', { name: 'Set up an authenticator app' }).waitFor()
})

t.test('a server that requires a second factor leads new users to its set-up', { skip }, async t => {
  const page = await openDemo(t, { SECOND_FACTOR: 'required' })
  await signUp(page)
  await page.getByText('This server requires a second factor.').waitFor()
  t.notOk(await card(page, 'Your account').isVisible())
  await page.reload()
  await page.getByText('This server requires a second factor.').waitFor()
  await press(page, 'Set up an authenticator app')
  await page.getByLabel('Code that the app shows now').fill(totpCode(await page.locator('.key code').innerText()))
  await press(page, 'Confirm the app')
  await page.getByRole('group', { name: 'Your recovery codes' }).waitFor()
  t.equal(await page.locator('.codes code').count(), 10, 'the codes are shown, although the session is complete now')
  await press(page, 'I have kept the codes')
  await card(page, 'Your account').waitFor()
  await card(page, 'Your sessions').getByText('this session').waitFor()
  await press(page, 'Sign out')
  await page.getByRole('form', { name: 'Sign in' }).waitFor()
})

t.test('a server without second factors offers none', { skip }, async t => {
  const page = await openDemo(t, { SECOND_FACTOR: 'off' })
  await signUp(page)
  await card(page, 'Your sessions').getByText('this session').waitFor()
  t.equal(await card(page, 'Second factor').count(), 0)
})
