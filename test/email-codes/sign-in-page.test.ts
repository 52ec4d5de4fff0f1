import { createHash } from 'node:crypto'
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { openapiDefaults } from '../../lib/index.js'
import { linksIn } from '../../lib/testing/index.js'
import { ada } from '../support/account.js'
import { codeApplication } from '../support/code-application.js'

const url = '/auth/sign-in/email'
const before = async (app: FastifyInstance) => void (await app.register(swagger, openapiDefaults))

const ownPages = {
  confirmEmail: 'https://www.example.com/welcome',
  resetPassword: 'https://www.example.com/password',
  changeEmail: 'https://www.example.com/address',
  signIn: 'https://www.example.com/signing-in?lang=en',
}

t.test('a mail scanner that opens the link ten times, with any method and cookies, changes nothing', async t => {
  const { app, request, use, asked, events } = await codeApplication(t)
  const requested = await request(ada.email, 'cookie')
  asked()
  events.length = 0
  for (let count = 0; count < 10; count += 1) {
    for (const query of ['', `?token=${requested.token}`, '?utm_source=mail']) {
      const page = await app.inject({ url: `${url}${query}`, headers: requested.headers })
      t.equal(page.statusCode, 200)
      t.equal(page.headers['content-type'], 'text/html; charset=utf-8')
      t.equal(page.headers['set-cookie'], undefined)
      t.notMatch(page.body, requested.token)
    }
    const head = await app.inject({
      method: 'HEAD',
      url: `${url}?token=${requested.token}`,
      headers: requested.headers,
    })
    t.strictSame([head.statusCode, head.body], [200, ''])
  }
  t.strictSame([asked(), events], [[], []])
  t.equal((await use(requested)).statusCode, 200)
})

t.test('the page is the same for every visitor, and its policy allows only its own script and style', async t => {
  const { app, codeSession } = await codeApplication(t)
  const { accessToken } = await codeSession()
  const { headers, body } = await app.inject({ url })
  const signedIn = await app.inject({ url, headers: { cookie: `__Host-access_token=${accessToken}` } })
  t.equal(signedIn.body, body)
  const [, script = ''] = /<script>(.*)<\/script>/s.exec(body) ?? []
  const [, style = ''] = /<style>(.*)<\/style>/s.exec(body) ?? []
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  t.strictSame(String(headers['content-security-policy']).split('; '), [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ])
  t.hasStrict(headers, {
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  t.notMatch(body, /\son\w+=/, 'no inline handler')
})

t.test('the page calls the application by its name, and says what to do on another device', async t => {
  const { app } = await codeApplication(t, { mail: { appName: 'Orchard & <Co>' } })
  const { body } = await app.inject({ url })
  t.match(body, 'Orchard &amp; &lt;Co&gt;')
  t.notMatch(body, '<Co>')
  t.match(body, /<output id="code"><\/output>/)
  t.match(body, /on another device/)
  t.match(body, /data-waiting="The code is right/)
})

t.test('the page is below every prefix, and the link leads to it', async t => {
  const options = { prefix: '/api/auth', publicUrl: 'https://app.example.com/base/' }
  const { app, mailbox } = await codeApplication(t, { options })
  const payload = { email: ada.email }
  await app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload })
  const [link] = linksIn(await mailbox.waitForMessage(ada.email))
  t.match(link, /^https:\/\/app\.example\.com\/base\/api\/auth\/sign-in\/email#token=[0-9a-z]{8}$/)
  t.equal((await app.inject({ url: '/api/auth/sign-in/email' })).statusCode, 200)
})

t.test('an application with pages of its own has none of ours, and the link leads to its own', async t => {
  const { app, request, codeMessage, ask } = await codeApplication(t, {
    mail: { links: ownPages },
    options: { pages: false },
    before,
  })
  t.equal((await app.inject({ url })).statusCode, 404)
  t.strictSame(Object.keys(app.swagger().paths?.[url] ?? {}), ['post'])
  await ask()
  const [link] = linksIn(await codeMessage(ada.email))
  t.match(link, /^https:\/\/www\.example\.com\/signing-in\?lang=en#token=[0-9a-z]{8}$/)
  t.equal((await request()).answer.statusCode, 202)
})

t.test('a page of the application may replace ours alone', async t => {
  const { app, ask, codeMessage } = await codeApplication(t, { mail: { links: { signIn: ownPages.signIn } } })
  await ask()
  const [link] = linksIn(await codeMessage(ada.email))
  t.ok(link?.startsWith(ownPages.signIn))
  t.equal((await app.inject({ url: '/auth/email/confirm' })).statusCode, 200)
})

t.test('the document has the page among the pages, with no more than a query', async t => {
  const { app } = await codeApplication(t, { before })
  const { get } = app.swagger().paths?.[url] ?? {}
  t.hasStrict(get, { operationId: 'signInPage', tags: ['Pages'], security: [] })
  t.notOk(get !== undefined && 'requestBody' in get)
})

t.test('two tokens in one link are refused', async t => {
  const { app } = await codeApplication(t)
  t.equal((await app.inject({ url: `${url}?token=a&token=b` })).statusCode, 400)
})
