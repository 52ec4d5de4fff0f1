import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { type AuthEvent, type FastAuthOptions, fastAuth } from '../../lib/index.js'
import { ada, bearer } from '../support/account.js'
import { browser } from '../support/browser.js'
import { otherSecret, secret } from '../support/secret.js'
import { cheapPasswords, testApplication } from '../support/test-application.js'

const options = (more: Partial<FastAuthOptions> = {}): FastAuthOptions => ({
  secrets: [secret],
  storage: memoryStorage(),
  passwords: cheapPasswords,
  ...more,
})

function hostApp(t: Test) {
  const app = Fastify()
  t.teardown(() => app.close())
  return app
}

t.test('the routes are where the option prefix says, and nowhere else', async t => {
  const { app } = await testApplication(t, { options: { prefix: '/api/v1/account' } })
  const ben = browser(app)
  const signUp = { method: 'POST', url: '/api/v1/account/sign-up', payload: ada } as const
  t.equal((await ben.send(signUp)).statusCode, 201)
  t.equal((await ben.send({ method: 'POST', url: '/api/v1/account/refresh' })).statusCode, 200)
  t.equal((await ben.send({ ...signUp, url: '/auth/sign-up' })).statusCode, 404)
  const paths = (await ben.cookies('/api/v1/account/refresh')).map(({ path }) => path)
  t.strictSame(paths, ['/api/v1/account', '/'])
})

t.test('in a scope with a prefix the routes are below it, and the refresh cookie goes there', async t => {
  const app = hostApp(t)
  app.register(
    async scope => {
      await scope.register(fastAuth, options())
      scope.get('/members', { onRequest: scope.fastAuth.authenticate }, async ({ user }) => user?.email)
    },
    { prefix: '/shop' },
  )
  app.get('/outside', async () => Reflect.has(app, 'fastAuth'))
  const ben = browser(app)
  t.equal((await ben.send({ method: 'POST', url: '/shop/auth/sign-up', payload: ada })).statusCode, 201)
  t.equal((await ben.send({ url: '/shop/members' })).body, ada.email)
  t.equal((await ben.send({ method: 'POST', url: '/shop/auth/refresh' })).statusCode, 200)
  t.equal((await ben.send({ url: '/outside' })).body, 'false')
  t.strictSame((await ben.cookies('/shop/auth/refresh')).map(({ key, path }) => `${key} ${path}`).sort(), [
    '__Host-access_token /',
    '__Secure-known_device /shop/auth',
    '__Secure-refresh_token /shop/auth',
  ])
})

t.test('behind a proxy that takes off a path, the refresh cookie goes to path, scope and prefix together', async t => {
  const app = hostApp(t)
  app.register(
    async scope => scope.register(fastAuth, options({ publicUrl: 'https://example.com/app', prefix: '/me' })),
    {
      prefix: '/shop',
    },
  )
  const ben = browser(app, 'https://example.com/app')
  await ben.send({ method: 'POST', url: '/shop/me/sign-up', payload: ada })
  t.strictSame((await ben.cookies('/shop/me/refresh')).map(({ key, path }) => `${key} ${path}`).sort(), [
    '__Host-access_token /',
    '__Secure-known_device /app/shop/me',
    '__Secure-refresh_token /app/shop/me',
  ])
  t.equal((await ben.send({ method: 'POST', url: '/shop/me/refresh' })).statusCode, 200)
})

t.test('two registrations in one application have separate users', async t => {
  const app = hostApp(t)
  const events: Record<'shop' | 'staff', AuthEvent[]> = { shop: [], staff: [] }
  for (const [name, key] of [
    ['shop', secret],
    ['staff', otherSecret],
  ] as const) {
    app.register(
      async scope => {
        const cookies = { namePrefix: `${name}_` }
        await scope.register(fastAuth, options({ secrets: [key], cookies, onEvent: event => events[name].push(event) }))
        scope.get('/members', { onRequest: scope.fastAuth.authenticate }, async ({ user }) => user?.email)
      },
      { prefix: `/${name}` },
    )
  }
  const payload = { ...ada, transport: 'token' }
  const customer = await app.inject({ method: 'POST', url: '/shop/auth/sign-up', payload })
  const headers = bearer(customer.json().accessToken)
  t.equal((await app.inject({ url: '/shop/members', headers })).body, ada.email)
  t.equal((await app.inject({ url: '/staff/members', headers })).json().code, 'FAST_AUTH_ACCESS_TOKEN_INVALID')
  const signIn = await app.inject({ method: 'POST', url: '/staff/auth/sign-in', payload })
  t.equal(signIn.json().code, 'FAST_AUTH_INVALID_CREDENTIALS')
  const employee = await app.inject({ method: 'POST', url: '/staff/auth/sign-up', payload })
  t.equal(employee.statusCode, 201)
  t.not(employee.json().user.id, customer.json().user.id)
  t.strictSame([events.shop.length, events.staff.length], [2, 4])
})

t.test('one scope takes fast-auth once', async t => {
  const app = hostApp(t)
  await app.register(fastAuth, options())
  await t.rejects(async () => app.register(fastAuth, options({ prefix: '/other' })), {
    code: 'FST_ERR_DEC_ALREADY_PRESENT',
  })
})

const plain = ['', '/', '/shop', 'shop', '/shop/', '/API/v1.2', '/~ada', '/@me', '/a-b_c']

t.test('in a scope with a plain prefix the refresh cookie goes exactly to the routes', async t => {
  for (const prefix of plain) {
    const app = hostApp(t)
    const urls: string[] = []
    app.addHook('onRoute', ({ url }) => void urls.push(url))
    app.register(async scope => scope.register(fastAuth, options()), { prefix })
    await app.ready()
    const url = urls.find(path => path.endsWith('/auth/sign-up')) ?? ''
    const answer = await app.inject({ method: 'POST', url, payload: ada })
    t.equal(answer.statusCode, 201)
    const path = answer.cookies.find(({ name }) => name === '__Secure-refresh_token')?.path
    t.equal(path, url.replace('/sign-up', ''), prefix)
  }
})

const unreadable = [
  '/:tenant',
  '/:locale(^[a-z]{2}$)',
  '/v:version',
  '/shop/:tenant/api',
  '/:a-:b',
  '/:optional?',
  '/*',
  '/files/*',
  '/a::b',
  '/a;b',
  '/a b',
  '/a?b',
  '/a#b',
  '//',
  '//shop',
  '/shop//',
  '/shop//api',
  '/./shop',
  '/shop/..',
  '/caf\u00e9',
  '/caf%C3%A9',
  '/"shop"',
  '/a\\b',
  '/a,b',
  '/a\tb',
  '/a\nb',
]

t.test('a prefix that cookies and links cannot name stops the boot', async t => {
  for (const prefix of unreadable) {
    const app = hostApp(t)
    app.register(async scope => scope.register(fastAuth, options()), { prefix })
    await t.rejects(
      async () => app.ready(),
      { code: 'FAST_AUTH_OPTION_INVALID', message: 'must be plain paths' },
      prefix,
    )
  }
  const nested = hostApp(t)
  nested.register(
    async outer => outer.register(async inner => inner.register(fastAuth, options()), { prefix: '/api' }),
    { prefix: '/:tenant' },
  )
  const sentence =
    /^The routes of fast-auth would be at "\/:tenant\/api\/auth"\. The prefix of the scope and the option "prefix" must/
  await t.rejects(async () => nested.ready(), { message: sentence })
  const own = hostApp(t)
  await t.rejects(async () => own.register(fastAuth, options({ prefix: '/..' })), { code: 'FAST_AUTH_OPTION_INVALID' })
})

t.test('a publicUrl that has the prefix of the scope already is refused, since links would name it twice', async t => {
  for (const [publicUrl, prefix, isRefused] of [
    ['https://example.com/app', '/app', true],
    ['https://example.com/app/', '/app', true],
    ['https://example.com/x/shop/v2', '/shop/v2', true],
    ['https://example.com/application', '/app', false],
    ['https://example.com/my-app', '/app', false],
    ['https://example.com', '/app', false],
  ] as const) {
    const app = hostApp(t)
    app.register(async scope => scope.register(fastAuth, options({ publicUrl })), { prefix })
    const message = `ends with the prefix "${prefix}" of the scope`
    if (isRefused) await t.rejects(async () => app.ready(), { code: 'FAST_AUTH_OPTION_INVALID', message }, publicUrl)
    else await t.resolves(async () => app.ready(), publicUrl)
  }
})
