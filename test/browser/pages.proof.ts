import { mkdirSync } from 'node:fs'
import Fastify from 'fastify'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { openPage, withoutChromium } from '../support/chromium.js'
import { mailedApplication } from './mailed-application.js'

const paths = ['/auth/email/confirm', '/auth/password/reset', '/auth/email/change/confirm', '/auth/sign-in/email']
const pictures = '.tap/pictures'

async function submit(page: Page): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await page.getByRole('button', { name: 'Confirm my address' }).click()
}

/** A page whose posts are answered by the test. */
async function answeredPage(
  t: Test,
  answer: { status: number; body?: object; headers?: Record<string, string> },
): Promise<Page> {
  const { url } = await mailedApplication(t)
  const page = await openPage(t)
  await page.route('**/auth/email/confirm', (route, request) =>
    request.method() === 'POST'
      ? route.fulfill({ status: answer.status, json: answer.body ?? {}, headers: answer.headers ?? {} })
      : route.continue(),
  )
  await page.goto(`${url}/auth/email/confirm#token=whatever`)
  return page
}

t.test('the pages fit 320 px, in the light and in the dark', { skip: withoutChromium }, async t => {
  const { url } = await mailedApplication(t, { emailSignIn: {} })
  mkdirSync(pictures, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await openPage(t, { viewport: { width: 320, height: 640 }, colorScheme })
    for (const path of paths) {
      await page.goto(`${url}${path}#token=whatever`)
      const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
      t.equal(overflow, 0, `${path} does not scroll sideways, ${colorScheme}`)
      await page.screenshot({ path: `${pictures}/${path.replaceAll('/', '-').slice(1)}-${colorScheme}.png` })
      await page.goto('about:blank')
    }
  }
})

t.test(
  'a page can be used from the keyboard, and says its result to a screen reader',
  { skip: withoutChromium },
  async t => {
    const page = await answeredPage(t, { status: 200, body: { status: 'confirmed' } })
    t.equal(await page.locator('html').getAttribute('lang'), 'en')
    t.equal(await page.getByRole('heading', { level: 1 }).count(), 1)
    await page.keyboard.press('Tab')
    await page.keyboard.type('correct horse battery')
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('Your address is confirmed').waitFor()
    t.equal(await page.evaluate('document.activeElement.id'), 'status', 'the result has the focus')
  },
)

t.test('a link without a token says so, and posts nothing', { skip: withoutChromium }, async t => {
  const { url, requests } = await mailedApplication(t)
  const page = await openPage(t)
  await page.goto(`${url}/auth/password/reset`)
  await page.getByText('This link has no token').waitFor()
  t.equal(await page.getByRole('button').count(), 0)
  t.notOk(requests.some(request => request.startsWith('POST')))
})

const failures = [
  { status: 401, body: { code: 'FAST_AUTH_INVALID_CREDENTIALS' }, says: 'The password is wrong' },
  { status: 400, body: { code: 'FAST_AUTH_ONE_TIME_TOKEN_INVALID' }, says: 'This link is no longer valid' },
  { status: 503, headers: { 'retry-after': '7' }, says: 'Please try again in 7 seconds' },
  { status: 500, says: 'The request failed' },
]

for (const { says, ...answer } of failures) {
  t.test(`a page reports an answer of ${answer.status} in a sentence`, { skip: withoutChromium }, async t => {
    const page = await answeredPage(t, answer)
    await submit(page)
    await page.getByRole('status').getByText(says).waitFor()
    t.ok(await page.getByRole('button', { name: 'Confirm my address' }).isEnabled(), 'one can try again')
  })
}

t.test('a page reports in a sentence that the server does not answer', { skip: withoutChromium }, async t => {
  const { url, app } = await mailedApplication(t)
  const page = await openPage(t)
  await page.goto(`${url}/auth/email/confirm#token=whatever`)
  await app.close()
  await submit(page)
  await page.getByText('The server could not be reached').waitFor()
})

t.test('a page in a frame of another site is not shown', { skip: withoutChromium }, async t => {
  const { url } = await mailedApplication(t)
  const other = Fastify()
  t.teardown(() => other.close())
  other.get('/', (_request, reply) => reply.type('text/html').send(`<iframe src="${url}/auth/email/confirm"></iframe>`))
  const page = await openPage(t)
  await page.goto(await other.listen({ port: 0, host: '127.0.0.1' }))
  t.equal(await page.frameLocator('iframe').getByRole('button').count(), 0)
})
