import Fastify, { type FastifyInstance } from 'fastify'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { freePort } from '../../lib/cli/free-port.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { openPage, withoutChromium } from '../support/chromium.js'
import { testApplication } from '../support/test-application.js'

const mallory = { email: 'mallory@example.com', password: 'correct horse battery' }

/** Browsers take hosts below localhost for this machine, and for safe: `Secure` cookies are kept without HTTPS. */
const host = 'app.example.localhost'
const sibling = 'blog.example.localhost'

function withPage(app: FastifyInstance): void {
  app.get('/', (_request, reply) => reply.type('text/html').send('<!doctype html><title>page</title>'))
}

async function site(t: Test, options: Partial<FastAuthOptions> = {}) {
  const port = await freePort('127.0.0.1')
  const url = `http://${host}:${port}`
  const tested = await testApplication(t, { options: { publicUrl: url, ...options }, after: withPage })
  t.teardown(() => tested.app.server.closeAllConnections())
  await tested.app.listen({ port, host: '127.0.0.1' })
  return { ...tested, url }
}

/** A page of another host of the site, which sets cookies as it likes. */
async function siblingPage(t: Test, beside: Page, cookie: string): Promise<Page> {
  const app = Fastify()
  t.teardown(() => app.close())
  t.teardown(() => app.server.closeAllConnections())
  const port = await freePort('127.0.0.1')
  withPage(app)
  await app.listen({ port, host: '127.0.0.1' })
  const page = await beside.context().newPage()
  await page.goto(`http://${sibling}:${port}/`)
  await page.evaluate(`document.cookie = ${JSON.stringify(cookie)}`)
  return page
}

/** Posts as a page of the site does. Resolves with the status, and whose session or which code is answered. */
function post(page: Page, path: string, body?: object): Promise<string> {
  const request = {
    method: 'POST',
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  }
  return page.evaluate(`fetch('/auth${path}', ${JSON.stringify(request)})
    .then(answer => answer.text().then(text => answer.status + ' ' + (text && (JSON.parse(text).user?.email ?? JSON.parse(text).code))))`)
}

/** The names of the cookies that the browser sends to a path of the site. */
async function sent(page: Page, url: string): Promise<string[]> {
  return (await page.context().cookies(url)).map(({ name, domain }) => `${name} ${domain}`).toSorted()
}

t.test(
  'a refresh cookie that a page of another host of the site sets does not sign the victim in as the attacker',
  { skip: withoutChromium },
  async t => {
    const { app, url, advance } = await site(t)
    const attacker = await signUpForTokens(app, mallory)
    const page = await openPage(t)
    await page.goto(url)
    t.equal(await post(page, '/sign-up', ada), `201 ${ada.email}`)

    const tossed = `__Secure-refresh_token=${attacker.refreshToken}; Domain=example.localhost; Path=/auth/refresh; Secure`
    await siblingPage(t, page, tossed)
    const forHost = ['__Host-access_token app.example.localhost', '__Secure-refresh_token app.example.localhost']
    t.same(
      await sent(page, `${url}/auth/refresh`),
      [...forHost, '__Secure-refresh_token .example.localhost'].toSorted(),
    )

    advance(901)
    t.equal(await post(page, '/refresh'), `200 ${ada.email}`, 'the victim stays the victim')

    t.equal(await post(page, '/sign-out'), '204 ')
    t.equal(await post(page, '/refresh'), '401 FAST_AUTH_COOKIES_MISMATCHED', 'after signing out, no user is signed in')
    t.equal(await post(page, '/refresh'), '401 FAST_AUTH_COOKIES_MISMATCHED')
    t.equal(await post(page, '/sign-in', ada), `200 ${ada.email}`)
    t.equal(await post(page, '/refresh'), `200 ${ada.email}`)

    const access = `__Host-access_token=${attacker.accessToken}; Domain=example.localhost; Path=/; Secure`
    await siblingPage(t, page, access)
    t.notOk(
      (await sent(page, `${url}/auth/refresh`)).includes('__Host-access_token .example.localhost'),
      'it cannot be set',
    )
    const me = await app.inject({ url: '/auth/me', headers: bearer(attacker.accessToken) })
    t.equal(me.json().code, 'FAST_AUTH_ACCESS_TOKEN_EXPIRED', 'the attacker’s own session has not ended')
  },
)

t.test('a user stays signed in while a domain is set and taken away', { skip: withoutChromium }, async t => {
  const storage = memoryStorage()
  const first = await site(t, { storage })
  const page = await openPage(t)
  await page.goto(first.url)
  t.equal(await post(page, '/sign-up', ada), `201 ${ada.email}`)

  const changes = [
    [{ domain: 'example.localhost' }, '.example.localhost', '__Secure-access_token'],
    [{ previousDomain: 'example.localhost' }, 'app.example.localhost', '__Host-access_token'],
  ] as const
  for (const [cookies, domain, access] of changes) {
    // Cookies know no ports: another port of the host is the same application after its deployment.
    const next = await site(t, { storage, cookies })
    await page.goto(next.url)
    for (let round = 0; round < 3; round += 1) {
      next.advance(901)
      t.equal(await post(page, '/refresh'), `200 ${ada.email}`)
    }
    t.same(await sent(page, `${next.url}/auth`), [`${access} ${domain}`, `__Secure-refresh_token ${domain}`].toSorted())
  }
})
