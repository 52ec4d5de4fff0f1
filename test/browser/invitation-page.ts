import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import type { FastAuthOptions } from '../../lib/index.js'
import {
  createOrganization,
  type SignedInUser,
  setUpTotp,
  signInWithTotp,
  signUpUser,
} from '../../lib/testing/index.js'
import { openPage } from '../support/chromium.js'
import { linkOf, type MailedApplication, mailedApplication } from './mailed-application.js'

export const password = 'correct horse battery'
const name = 'Engines & <b>Looms</b>'

export interface InvitingApplication extends MailedApplication {
  /** Mails an invitation, and returns its link. */
  invite(email: string, role?: string): Promise<string>
  /** Returns the members and their roles, in the order of the addresses. */
  roles(): Promise<readonly string[]>
  /** Opens a browser with a page of the server, and signs a new user up there. */
  signedUp(email: string, fields?: object): Promise<Page>
}

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
export const says = (page: Page, text: string) => page.getByRole('status').getByText(text).waitFor()

/** Opens the link and shows the invitation. */
export async function shown(page: Page, link: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(link)
  await press(page, 'Show the invitation')
  await page.getByRole('button', { name: 'Join', exact: true }).waitFor()
}

export async function fillIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(password)
}

/** Asks the server as a script of its page. */
export const ask = (page: Page, path: string, body: object = {}): Promise<number> =>
  page.evaluate(`fetch('/auth${path}', { method: 'POST', headers: { 'content-type': 'application/json' },
    body: '${JSON.stringify({ transport: 'cookie', ...body })}' }).then(({ status }) => status)`)

/** A browser, in which errors of pages and refusals of their policies fail the test. */
export async function watchedPage(t: Test, options: Parameters<typeof openPage>[1] = {}): Promise<Page> {
  const page = await openPage(t, options)
  const errors: string[] = []
  page.on('pageerror', error => errors.push(error.message))
  page.on('console', message => {
    if (/Content Security Policy|Trusted/.test(message.text())) errors.push(message.text())
  })
  t.teardown(() => {
    if (errors.length > 0) throw new Error(errors.join('\n'))
  })
  return page
}

/** Signs a user up with all that the application requires. */
async function completeUser(
  app: MailedApplication['app'],
  { secondFactor, profileSchema }: Partial<FastAuthOptions>,
): Promise<SignedInUser> {
  const user = await signUpUser(app, profileSchema === undefined ? {} : { profile: { nickname: 'Ada' } })
  if (secondFactor !== 'required') return user
  const { secret } = await setUpTotp(user)
  return signInWithTotp(app, { email: user.email, password: user.password, secret, at: Date.now() + 30_000 })
}

/** An application with an organisation, whose owner invites. A required profile has a nickname. */
export async function invitingApplication(
  t: Test,
  options: Partial<FastAuthOptions> = {},
): Promise<InvitingApplication> {
  const application = await mailedApplication(t, { organizations: {}, limits: { enabled: false }, ...options })
  const { app, url, mailTo } = application
  const { organization, owner } = await createOrganization(app, await completeUser(app, options), { name })
  const base = `/auth/organizations/${organization.id}`
  return {
    ...application,
    async invite(email, role = 'member') {
      const payload = { email, role }
      const { statusCode } = await owner.inject({ method: 'POST', url: `${base}/invitations`, payload })
      t.equal(statusCode, 202)
      return linkOf(await mailTo(email, '/invitations/accept#'))
    },
    async roles() {
      const { items } = (await owner.inject(`${base}/members`)).json()
      return items
        .map(({ email, role }: { email: string; role: string }) => `${email} ${role}`)
        .sort()
        .slice(0, -1)
    },
    async signedUp(email, fields = {}) {
      const page = await watchedPage(t)
      await page.goto(`${url}/auth/invitations/accept`)
      t.equal(await ask(page, '/sign-up', { email, password, ...fields }), 201)
      return page
    },
  }
}
