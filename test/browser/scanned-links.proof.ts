import type { Page } from 'playwright-core'
import t from 'tap'
import { openPage, withoutChromium } from '../support/chromium.js'
import { followEverything } from './follow-everything.js'
import { linkOf, type MailedApplication, mailedApplication } from './mailed-application.js'

const password = 'correct horse battery'
const newPassword = 'quite another staple'

interface Purpose {
  readonly path: string
  /** Has the link mailed to an account that is there, besides the one of the sign-up. */
  ask(application: MailedApplication, email: string, accessToken: string): Promise<unknown>
  mailedTo(email: string): string
  /** The steps of a user in the page. */
  use(page: Page): Promise<void>
  readonly passwordAfterwards: string
}

const purposes: readonly Purpose[] = [
  {
    path: '/auth/email/confirm',
    ask: async () => {},
    mailedTo: email => email,
    async use(page) {
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.getByRole('button', { name: 'Confirm my address' }).click()
      await page.getByText('Your address is confirmed').waitFor()
    },
    passwordAfterwards: password,
  },
  {
    path: '/auth/password/reset',
    ask: ({ post }, email) => post('/auth/password/forgot', { email }),
    mailedTo: email => email,
    async use(page) {
      await page.getByLabel('New password').fill(newPassword)
      await page.getByRole('button', { name: 'Set the new password' }).click()
      await page.getByText('Your new password is set').waitFor()
    },
    passwordAfterwards: newPassword,
  },
  {
    path: '/auth/email/change/confirm',
    ask: ({ post }, email, accessToken) =>
      post('/auth/email/change', { email: `new-${email}`, password }, { authorization: `Bearer ${accessToken}` }),
    mailedTo: email => `new-${email}`,
    async use(page) {
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.getByRole('button', { name: 'Use this address' }).click()
      await page.getByText('Your account has its new address').waitFor()
    },
    passwordAfterwards: password,
  },
]

t.test(
  'a scanner changes nothing, whichever link it opens, and the click afterwards works',
  {
    skip: withoutChromium,
  },
  async t => {
    const application = await mailedApplication(t)
    const { post, mailTo, requests } = application
    for (const [index, { path, ask, mailedTo, use, passwordAfterwards }] of purposes.entries()) {
      const email = `person-${index}@example.com`
      const account = { email, password, transport: 'token' }
      const { accessToken, user } = JSON.parse(await (await post('/auth/sign-up', account)).text())
      await ask(application, email, accessToken)
      const message = await mailTo(mailedTo(email), `${path}#`)
      const link = linkOf(message)
      const asQuery = link.replace('#', '?')
      requests.length = 0

      for (const url of [link, asQuery]) {
        for (let times = 0; times < 10; times += 1) t.equal((await fetch(url)).status, 200)
        t.equal((await fetch(url, { method: 'HEAD' })).status, 200)
      }
      const page = await openPage(t)
      const inMessage = [...(message.mail.html?.matchAll(/href="([^"]+)"/g) ?? [])].map(([, href = '']) => href)
      t.ok(inMessage.includes(link))
      await followEverything(page, new Set([...inMessage, asQuery]))
      t.same(
        requests.filter(request => !/^(GET|HEAD) /.test(request)),
        [],
        'nothing was posted',
      )
      const me = await fetch(`${application.url}/auth/me`, { headers: { authorization: `Bearer ${accessToken}` } })
      t.same(JSON.parse(await me.text()).user, user, 'the account is as it was')

      await page.goto('about:blank')
      await page.goto(link)
      await use(page)
      const signedIn = await post('/auth/sign-in', { email: mailedTo(email), password: passwordAfterwards })
      t.match(JSON.parse(await signedIn.text()), { user: { email: mailedTo(email), emailConfirmedAt: String } })
    }
  },
)
