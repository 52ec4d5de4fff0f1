import t from 'tap'
import { freePort } from '../../lib/cli/free-port.js'
import { addAuthenticator, passkeyRequest } from '../browser/virtual-authenticator.js'
import { openPage, withoutChromium } from '../support/chromium.js'
import { clientId, clientSecret } from '../support/providers/provider-flow.js'
import { realProvider } from '../support/providers/real-provider.js'
import { startExample } from './fixtures/start-example.js'

t.test(
  'users sign up, are greeted, sign out and sign in again in the single-page app, with a password, a mailed code and a passkey',
  {
    skip: withoutChromium,
  },
  async t => {
    const variables = { PORT: String(await freePort('localhost')) }
    const { url, printed } = await startExample(t, 'single-page-app/server.js', { variables })
    const page = await openPage(t)
    const faults: string[] = []
    page.on('pageerror', error => faults.push(error.message))
    await page.goto(url)
    await page.getByLabel('E-mail').fill('ada@example.com')
    await page.getByLabel('Password').fill('correct horse battery')
    await page.getByRole('button', { name: 'Sign up' }).click()
    await page.getByRole('button', { name: 'Say hello' }).click()
    await page.getByText('The server says hello to ada@example.com').waitFor()

    await page.reload()
    await page.getByRole('heading', { name: 'ada@example.com' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('E-mail').fill('ada@example.com')
    await page.getByLabel('Password').fill('incorrect horse')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText('The address or the password is wrong.').waitFor()
    await page.getByLabel('Password').fill('correct horse battery')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()

    const authenticator = await addAuthenticator(page)
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText('Confirm your address first').waitFor()
    await authenticator.setPresent(false)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('E-mail').fill('adda@example.com')
    await page.getByRole('button', { name: 'Send me a code' }).click()
    await page.getByLabel('Code in the message to adda@example.com').waitFor()
    await page.getByRole('button', { name: 'Start over' }).click()
    await page.getByRole('button', { name: 'Send me a code' }).click()
    t.equal(await page.evaluate('document.activeElement.name'), 'email', 'a code needs an address')
    await page.getByLabel('E-mail').fill('ada@example.com')
    await page.getByRole('button', { name: 'Send me a code' }).click()
    const field = page.getByLabel('Code in the message to ada@example.com')
    await field.fill('0000-0000')
    await page.keyboard.press('Enter')
    await page.getByText('The code is wrong or no longer valid.').waitFor()
    await field.fill(await printed(/sign in to Hello as ada@example\.com[\s\S]*?#token=(\w+)/))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'ada@example.com' }).waitFor()

    await authenticator.setPresent(true)
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByRole('listitem').getByText('Passkey').waitFor()
    await authenticator.setPresent(false)
    const autofill = passkeyRequest(page)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await autofill
    await authenticator.setPresent(true)
    // A new request of the autofill may sign the user in before the click.
    const greeting = page.getByRole('heading', { name: 'ada@example.com' })
    await Promise.any([page.getByRole('button', { name: 'Sign in with a passkey' }).click(), greeting.waitFor()])
    await greeting.waitFor()
    t.same(faults, [])
  },
)

t.test('users of the single-page app sign in with a provider, and link it', { skip: withoutChromium }, async t => {
  const port = String(await freePort('localhost'))
  const { issuer } = await realProvider(t, {
    users: {
      ada: { email: 'ada@example.com', email_verified: true },
      work: { email: 'ada@work.example', email_verified: true },
    },
    client: { redirect_uris: [`http://localhost:${port}/auth/providers/company/callback`] },
  })
  const variables = {
    PORT: port,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
  }
  const { url } = await startExample(t, 'single-page-app/server.js', { variables })
  const page = await openPage(t)
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const choose = (name: string) => page.getByRole('link', { name, exact: true }).click()

  await page.goto(url)
  await press('Sign in with your company account')
  await choose('cancels')
  await page.getByRole('alert').getByText('You have cancelled the sign-in.').waitFor()
  t.equal(page.url(), `${url}/`)
  await press('Sign in with your company account')
  await choose('ada')
  await page.getByRole('heading', { name: 'ada@example.com' }).waitFor()

  await page.context().clearCookies({ domain: '127.0.0.1' })
  await press('Link your company account')
  await choose('work')
  await page.getByRole('listitem').getByText('ada@work.example').waitFor()
  t.equal(await page.getByRole('listitem').count(), 2)
  await page.getByRole('listitem').filter({ hasText: 'ada@work.example' }).getByRole('button').click()
  await page.getByText('The account is unlinked').waitFor()
  await page.getByRole('listitem').getByText('ada@work.example').waitFor({ state: 'detached' })
  t.same(faults, [])
})
