import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { ada } from '../support/account.js'
import { secret } from '../support/secret.js'
import { serveAsProcess } from './fixtures/running-server.js'
import { emptyJar, visitor } from './fixtures/visitor.js'

const { url } = await serveAsProcess(t, t.testdir())

t.test('from an empty folder a visitor signs up, stays signed in and signs out', async t => {
  const client = visitor(url)
  t.equal((await client.signUp()).status, 201)
  t.hasStrict(await (await client.get('/auth/me')).json(), { user: { email: 'ada@example.com' }, via: 'session' })
  t.equal((await client.post('/auth/refresh')).status, 200)
  t.equal((await client.get('/auth/me')).status, 200)
  t.equal((await client.post('/auth/sign-out')).status, 204)
  t.equal((await client.get('/auth/me')).status, 401)
  t.equal((await client.signIn()).status, 200)
})

t.test('it is healthy, ready and documented', async t => {
  const { get } = visitor(url)
  t.same(await (await get('/healthz')).json(), { status: 'ok' })
  t.same(await (await get('/readyz')).json(), { status: 'ok' })
  t.match(await (await get('/')).text(), 'src="/assets/demo/main.js"')
  t.equal((await get('/assets/demo/main.js')).status, 200)
  t.match(await (await get('/docs')).text(), 'swagger-ui')
  t.hasStrict(await (await get('/docs/json')).json(), { openapi: '3.1.0' })
})

t.test('a restart keeps users, sessions and the development secret', async t => {
  const folder = t.testdir()
  const env = { JWT_ISS: 'the-server' }
  const readSecret = () => readFileSync(join(folder, '.fast-auth', 'secret'), 'utf8')
  const jar = emptyJar()
  const first = await serveAsProcess(t, folder, env)
  t.equal((await visitor(first.url, jar).signUp()).status, 201)
  const kept = readSecret()
  first.signal('SIGTERM')
  t.equal(await first.exitCode, 0)

  const second = await serveAsProcess(t, folder, env)
  const client = visitor(second.url, jar)
  t.equal((await client.get('/auth/me')).status, 200, 'the access token')
  t.equal((await client.post('/auth/refresh')).status, 200, 'the session')
  t.equal((await client.signIn()).status, 200, 'the user')
  t.equal(readSecret(), kept)
})

t.test('two processes that start concurrently in one new folder share the users and the secret', async t => {
  const folder = t.testdir()
  const env = { JWT_ISS: 'the-servers' }
  const [one, two] = await Promise.all([serveAsProcess(t, folder, env), serveAsProcess(t, folder, env)])
  const jar = emptyJar()
  t.equal((await visitor(one.url, jar).signUp()).status, 201)
  t.equal((await visitor(two.url, jar).get('/auth/me')).status, 200)
  t.equal((await visitor(two.url, jar).post('/auth/refresh')).status, 200)
  t.equal((await visitor(one.url, jar).post('/auth/refresh')).status, 200)
})

t.test('production is refused without a secret, in one line on stderr', async t => {
  const message = 'JWT_SECRET_KEY must be set if NODE_ENV is production. Create one with: fast-auth secret'
  await t.rejects(serveAsProcess(t, t.testdir(), { NODE_ENV: 'production' }), {
    message: `fast-auth serve did not start: fast-auth: ${message}\n`,
  })
})

t.test('in production, behind a proxy that ends TLS, cookies are secure', async t => {
  const publicUrl = 'https://auth.example.com'
  const env = { NODE_ENV: 'production', JWT_SECRET_KEY: secret, PUBLIC_URL: publicUrl }
  const server = await serveAsProcess(t, t.testdir(), env)
  const address = server.log().flatMap(({ msg }) => /http:\/\/127\.0\.0\.1:\d+/.exec(msg) ?? [])[0]
  const answer = await fetch(`${address}/auth/sign-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: publicUrl },
    body: JSON.stringify(ada),
  })
  t.equal(answer.status, 201)
  t.match(answer.headers.getSetCookie(), [
    /^__Secure-known_device=.+; Secure/,
    /^__Host-access_token=.+; Secure/,
    /^__Secure-refresh_token=.+; Secure/,
  ])
})
