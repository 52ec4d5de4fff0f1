import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { openapiDefaults } from '../../lib/index.js'
import { linksIn } from '../../lib/testing/index.js'
import { ada, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'
import { linkPaths } from '../support/test-mail.js'

const { signIn: _, invitation: __, ...linkPathsOfTokens } = linkPaths
const pages = Object.values(linkPathsOfTokens)
const operations = [...pages, '/auth/email/confirm/send', '/auth/password/forgot', '/auth/email/change']
const before = async (app: FastifyInstance) => void (await app.register(swagger, openapiDefaults))

t.test('each link opens a page that changes nothing, however often and with whatever method', async t => {
  const { app, asked, events, post, tokenTo } = await testApplication(t, { mail: true })
  await signUpForTokens(app)
  const token = await tokenTo(ada.email, 'confirmEmail')
  asked()
  events.length = 0
  for (const url of pages) {
    const page = await app.inject({ url: `${url}?token=${token}` })
    t.equal(page.statusCode, 200)
    t.equal(page.headers['content-type'], 'text/html; charset=utf-8')
    t.notMatch(page.body, token)
    const head = await app.inject({ method: 'HEAD', url: `${url}?token=${token}` })
    t.strictSame([head.statusCode, head.body], [200, ''])
  }
  t.strictSame([asked(), events], [[], []])
  t.equal((await post('/email/confirm', { token, password: ada.password })).statusCode, 200)
})

t.test('a page runs its own script and no other, sends no referrer, and is not cached', async t => {
  const { app } = await testApplication(t, { mail: true })
  for (const url of pages) {
    const { headers } = await app.inject({ url: `${url}?utm_source=mail` })
    t.match(headers, {
      'content-security-policy': /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; /,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
  }
})

t.test('each page calls the application by its name', async t => {
  const named = await testApplication(t, { mail: { appName: 'Orchard & Co' } })
  const unnamed = await testApplication(t, { mail: true })
  for (const url of pages) {
    t.match((await named.app.inject({ url })).body, 'Orchard &amp; Co')
    t.match((await unnamed.app.inject({ url })).body, 'app.example.com')
  }
})

t.test('with pages of its own the application has none of ours, and links lead to its own', async t => {
  const links = {
    confirmEmail: 'https://www.example.com/welcome?lang=en',
    resetPassword: 'https://www.example.com/password',
    changeEmail: 'https://www.example.com/address',
  }
  const { app, mailbox } = await testApplication(t, { mail: { links }, options: { pages: false }, before })
  await signUpForTokens(app)
  const [link] = linksIn(await mailbox.waitForMessage(ada.email))
  t.match(link, /^https:\/\/www\.example\.com\/welcome\?lang=en#token=[\w-]{43}$/)
  const { paths = {} } = app.swagger()
  for (const url of pages) {
    t.equal((await app.inject({ url })).statusCode, 404)
    t.strictSame(Object.keys(paths[url] ?? {}), ['post'])
  }
})

t.test('without the option email there is none of this, in the routes or in the document', async t => {
  const { app } = await testApplication(t, { before })
  for (const url of operations) {
    t.equal((await app.inject({ method: 'POST', url, payload: {} })).statusCode, 404)
    t.equal((await app.inject({ url })).statusCode, 404)
  }
  t.notMatch(Object.keys(app.swagger().paths ?? {}).join(), /email|password\/(?!change)/)
})

t.test('with it the document has all of it', async t => {
  const { app } = await testApplication(t, { mail: true, before })
  const { paths = {} } = app.swagger()
  for (const url of operations) t.ok(paths[url] !== undefined && 'post' in paths[url], url)
  for (const url of pages) t.ok(paths[url] !== undefined && 'get' in paths[url], url)
})

t.test('links lead to where the routes are, below every prefix', async t => {
  const { app, mailbox } = await testApplication(t, {
    mail: true,
    options: { prefix: '/api/auth', publicUrl: 'https://app.example.com/base/' },
  })
  await app.inject({ method: 'POST', url: '/api/auth/sign-up', payload: ada })
  const [link] = linksIn(await mailbox.waitForMessage(ada.email))
  t.match(link, /^https:\/\/app\.example\.com\/base\/api\/auth\/email\/confirm#token=[\w-]{43}$/)
  t.equal((await app.inject({ url: '/api/auth/email/confirm' })).statusCode, 200)
})
