import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { buildServer, type ServerParts } from '../../lib/cli/server.js'
import { memoryStorage } from '../../lib/engines/memory.js'
import { memorySender } from '../../lib/mail/index.js'
import { secret } from '../support/secret.js'
import { shell } from './fixtures/shell.js'

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly tags?: readonly string[] }>>>>
  readonly tags: readonly { readonly name: string; readonly description?: string }[]
}

interface Built {
  readonly app: FastifyInstance
  log(): string
}

async function server(t: Test, parts: Partial<ServerParts> = {}): Promise<Built> {
  const { context, stdout } = shell(t.testdir())
  const app = await buildServer({
    logLevel: 'info',
    trustProxy: false,
    isProduction: false,
    options: { cookies: { secure: false } },
    publicUrl: 'http://localhost:3000',
    secrets: [secret],
    accessTokenKeys: [],
    storage: memoryStorage(),
    passkeys: { isOn: true, rpId: undefined },
    email: { sender: memorySender(), from: 'no-reply@localhost' },
    mailbox: null,
    limits: {},
    stdout: context.stdout,
    ...parts,
  })
  t.teardown(() => app.close())
  await app.ready()
  return { app, log: stdout }
}

t.test('in production, / leads to the documentation', async t => {
  const { app } = await server(t, { isProduction: true })
  const { statusCode, headers } = await app.inject('/')
  t.same([statusCode, headers.location], [302, '/docs'])
})

t.test('/docs is Swagger UI, which loads nothing from elsewhere', async t => {
  const { app } = await server(t)
  const { statusCode, headers, body } = await app.inject('/docs')
  t.equal(statusCode, 200)
  t.match(body, /swagger-ui/)
  t.match(headers['content-security-policy'], /^default-src 'self';.*frame-ancestors 'none'$/)
  t.notMatch(body, /(src|href)="https?:/)
})

t.test('/docs/json has the routes of fast-auth and none of the server', async t => {
  const { app } = await server(t)
  const document = (await app.inject('/docs/json')).json()
  t.hasStrict(document, { openapi: '3.1.0', info: { title: 'fast-auth' }, servers: [{ url: '/' }] })
  t.same(
    Object.keys(document.paths).filter(path => !path.startsWith('/auth/')),
    ['/.well-known/change-password'],
  )
  t.ok('/auth/sign-in' in document.paths)
})

for (const [tokenMode, sentence] of [
  ['pair', 'Concurrent refreshes get the same successor.'],
  ['access-only', '**A session ends with its access token**, at'],
  ['sliding', '**A session ends with its access token**, unless'],
] as const) {
  t.test(`/docs/json says what a client has to know of the token mode ${tokenMode}`, async t => {
    const { app } = await server(t, { options: { tokenMode } })
    const { info } = (await app.inject('/docs/json')).json()
    t.ok(info.description.includes(sentence))
  })
}

t.test('every tag that an operation has is described, and no other', async t => {
  const { app } = await server(t)
  const { paths, tags }: Document = (await app.inject('/docs/json')).json()
  const operations = Object.values(paths).flatMap(path => Object.values(path))
  t.same(
    tags.filter(({ description }) => description !== undefined).map(({ name }) => name),
    [...new Set(operations.flatMap(operation => operation.tags ?? []))],
  )
})

t.test('behind a proxy that takes off a path, links keep that path', async t => {
  const { app } = await server(t, { publicUrl: 'https://example.com/accounts/' })
  t.match((await app.inject('/')).body, 'src="/accounts/assets/demo/main.js"')
  t.match((await app.inject('/docs')).body, 'href="/accounts/docs/static/')
  const document = (await app.inject('/docs/json')).json()
  t.same(document.servers, [{ url: '/accounts' }])
  t.ok('/auth/sign-in' in document.paths)
})

t.test('a path of the public address that is also ours is not taken out of the documentation', async t => {
  const { app } = await server(t, { publicUrl: 'https://example.com/auth' })
  t.ok('/auth/sign-in' in (await app.inject('/docs/json')).json().paths)
})

t.test('/healthz answers for the process alone', async t => {
  const storage = { ...memoryStorage(), ping: () => Promise.reject(new Error('the database is gone')) }
  const { app } = await server(t, { storage })
  const { statusCode, body, headers } = await app.inject('/healthz')
  t.same([statusCode, body, headers['cache-control']], [200, '{"status":"ok"}', 'no-store'])
})

t.test('/readyz is 200 if the storage answers', async t => {
  const { app } = await server(t)
  const { statusCode, body, headers } = await app.inject('/readyz')
  t.same([statusCode, body, headers['cache-control']], [200, '{"status":"ok"}', 'no-store'])
})

t.test('/readyz is 503 if the storage fails, and the log says why', async t => {
  const storage = { ...memoryStorage(), ping: () => Promise.reject(new Error('the database is gone')) }
  const { app, log } = await server(t, { storage })
  const { statusCode, body } = await app.inject('/readyz')
  t.same([statusCode, body], [503, '{"status":"unavailable"}'])
  t.match(log(), 'the database is gone')
})

t.test('/readyz is 200 and degraded if the storage answers, but the revocation feed cannot be read', async t => {
  const { revocations: _, ...rest } = memoryStorage()
  const revocations = { list: () => Promise.reject(new Error('permission denied')) }
  const { app, log } = await server(t, { storage: { ...rest, revocations } })
  const { statusCode, body } = await app.inject('/readyz')
  t.same([statusCode, body], [200, '{"status":"degraded"}'])
  t.match(log(), 'permission denied')
})

t.test('/readyz is 503 after 2 s if the storage does not answer', async t => {
  const { app } = await server(t, { storage: { ...memoryStorage(), ping: () => new Promise(() => {}) } })
  const start = performance.now()
  t.equal((await app.inject('/readyz')).statusCode, 503)
  const seconds = (performance.now() - start) / 1000
  t.ok(seconds >= 1.9 && seconds < 4, `${seconds} s`)
})

t.test('probes are not logged, other requests are', async t => {
  const { app, log } = await server(t)
  await app.inject('/healthz')
  await app.inject('/readyz')
  t.equal(log(), '')
  await app.inject('/auth/me')
  t.match(log(), '"url":"/auth/me"')
})

t.test('a log that is turned off is not turned on by a probe', async t => {
  const storage = { ...memoryStorage(), ping: () => Promise.reject(new Error('the database is gone')) }
  const { app, log } = await server(t, { storage, logLevel: 'silent' })
  await app.inject('/readyz')
  t.equal(log(), '')
})

t.test('no query is logged or repeated, because a client may have put a token there', async t => {
  const { app, log } = await server(t, { logLevel: 'trace' })
  for (const path of ['/auth/me', '/auth/nothing', '/docs', '/']) {
    const { body } = await app.inject(`${path}?token=canary`)
    t.notMatch(body, 'canary')
  }
  t.match(log(), '"url":"/auth/nothing"')
  t.notMatch(log(), 'canary')
})

t.test('a client that does not finish its request is cut off after 30 s', async t => {
  const { app } = await server(t)
  t.equal(app.server.requestTimeout, 30_000)
})

t.test('an unknown path is 404', async t => {
  const { app } = await server(t)
  const answer = await app.inject('/nothing')
  t.equal(answer.statusCode, 404)
  t.same(answer.json(), { statusCode: 404, error: 'Not Found', message: 'There is no such route' })
})

t.test('the address of a request is that of its proxy, unless the proxy is trusted', async t => {
  for (const { trustProxy, seen } of [
    { trustProxy: false, seen: '127.0.0.1' },
    { trustProxy: ['127.0.0.1'], seen: '10.1.1.1' },
  ]) {
    const { app, log } = await server(t, { trustProxy })
    await app.inject({ url: '/', headers: { 'x-forwarded-for': '10.1.1.1' } })
    t.match(log(), `"remoteAddress":"${seen}"`)
  }
})

t.test('pages of the public address may send requests with cookies, and pages of others may not', async t => {
  const { app } = await server(t, { publicUrl: 'http://localhost:8080' })
  const from = (origin: string) =>
    app.inject({ method: 'POST', url: '/auth/sign-out', headers: { origin, cookie: 'access_token=x' } })
  t.equal((await from('http://localhost:8080')).statusCode, 204)
  t.equal((await from('http://localhost:3000')).statusCode, 403)
})

t.test(
  'pages of the public URL and of trusted origins may use passkeys, and browsers find those of other domains',
  async t => {
    const parts = { publicUrl: 'https://auth.example.com/accounts' }
    const trustedOrigins = ['https://app.example.com', 'https://example.de', 'capacitor://localhost', 'http://app.test']
    const { app } = await server(t, { ...parts, options: { trustedOrigins } })
    const options = await app.inject({ method: 'POST', url: '/auth/sign-in/passkey/options' })
    t.equal(options.json().rpId, 'auth.example.com')
    const related = await app.inject('/.well-known/webauthn')
    t.same(related.json(), { origins: ['https://auth.example.com', 'https://app.example.com', 'https://example.de'] })
    const inDomain = await server(t, { ...parts, passkeys: { isOn: true, rpId: 'example.com' } })
    t.equal((await inDomain.app.inject('/.well-known/webauthn')).statusCode, 404)
  },
)

t.test('with passkeys off, their routes and their documentation do not exist', async t => {
  const { app } = await server(t, { passkeys: { isOn: false, rpId: undefined } })
  t.equal(app.hasRoute({ method: 'POST', url: '/auth/sign-in/passkey' }), false)
  t.notMatch((await app.inject('/docs/json')).body, /passkey/i)
})

t.test('in development, the demo is where users change their passwords, unless a page is set', async t => {
  const url = '/.well-known/change-password'
  const location = async (parts: Partial<ServerParts>) => {
    const { app } = await server(t, parts)
    const { statusCode, headers } = await app.inject(url)
    return [statusCode, headers.location]
  }
  t.same(await location({}), [302, '/'])
  t.same(await location({ publicUrl: 'https://example.com/accounts/' }), [302, '/accounts/'])
  const passwords = { changePasswordUrl: 'https://example.com/account' }
  t.same(await location({ options: { passwords } }), [302, 'https://example.com/account'])
  t.same(await location({ options: { passwords }, isProduction: true }), [302, 'https://example.com/account'])
  t.same((await location({ isProduction: true }))[0], 404)
})
