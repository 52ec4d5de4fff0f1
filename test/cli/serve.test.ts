import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import t from 'tap'
import { ada } from '../support/account.js'
import { secret } from '../support/secret.js'
import { serveHere } from './fixtures/running-server.js'
import { fastAuthCommand } from './fixtures/shell.js'
import { visitor } from './fixtures/visitor.js'

t.test('without configuration it serves from an SQLite file and a development secret, and warns of that', async t => {
  const folder = t.testdir()
  const { url, log } = await serveHere(t, folder)
  t.equal((await visitor(url).signUp()).status, 201)
  t.ok(readdirSync(folder).includes('fast-auth.db'))
  t.hasStrict(
    log().find(({ level }) => level === 40),
    {
      msg: `JWT_SECRET_KEY is not set: tokens are signed with the development secret in ${join(folder, '.fast-auth', 'secret')}. Do not use it in production`,
    },
  )
})

t.test('with a secret of its own there is no development secret and no warning', async t => {
  const folder = t.testdir()
  const { log } = await serveHere(t, folder, { JWT_SECRET_KEY: secret, DATABASE_URL: 'memory:' })
  t.same(readdirSync(folder), [])
  t.same(
    log().filter(({ level }) => level > 30),
    [],
  )
})

t.test('trust in every proxy causes a warning, and trust in some does not', async t => {
  const warnings = async (environment: object) => {
    const memory = { JWT_SECRET_KEY: secret, DATABASE_URL: 'memory:' }
    const { log } = await serveHere(t, t.testdir(), { ...memory, ...environment })
    return log().filter(({ level }) => level > 30)
  }
  t.match(await warnings({ TRUST_PROXY: 'true' }), [{ level: 40, msg: /^TRUST_PROXY is true: / }])
  t.same(await warnings({ TRUST_PROXY: '1' }), [])
})

t.test('the warnings of the boot are in its log', async t => {
  const { log } = await serveHere(t, t.testdir(), {
    REFRESH_GRACE: '0',
    JWT_SECRET_KEY: secret,
    DATABASE_URL: 'memory:',
  })
  t.hasStrict(log(), [{ level: 40, code: 'FAST_AUTH_WARN_REFRESH_WITHOUT_GRACE' }])
})

t.test('the start line says where to open it: the real port, or the public address', async t => {
  const memory = { JWT_SECRET_KEY: secret, DATABASE_URL: 'memory:' }
  const { url } = await serveHere(t, t.testdir(), memory)
  t.match(url, /^http:\/\/localhost:[1-9]\d{3,4}$/)
  t.equal((await fetch(`${url}/healthz`)).status, 200)
  const proxied = await serveHere(t, t.testdir(), { ...memory, PUBLIC_URL: 'https://auth.example.com' })
  t.equal(proxied.url, 'https://auth.example.com')
})

t.test('tokens are issued by the public address for the audience fast-auth', async t => {
  const { url } = await serveHere(t, t.testdir(), { DATABASE_URL: 'memory:' })
  const answer = await visitor(url).post('/auth/sign-up', { ...ada, transport: 'token' })
  const { accessToken } = (await answer.json()) as { accessToken: string }
  t.hasStrict(decodeJwt(accessToken), { iss: url, aud: 'fast-auth' })
})

t.test('the file .env configures it', async t => {
  const folder = t.testdir({
    '.env': `JWT_SECRET_KEY=${secret}\nDATABASE_URL=sqlite:accounts.db\nPASSWORD_HASHER=md5\n`,
  })
  await serveHere(t, folder)
  t.ok(readdirSync(folder).includes('accounts.db'))
  t.notOk(readdirSync(folder).includes('.fast-auth'))
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  t.test(`${signal} ends it with exit code 0`, async t => {
    const server = await serveHere(t, t.testdir())
    server.signal(signal)
    t.equal(await server.exitCode, 0)
    await t.rejects(fetch(server.url))
  })
}

t.test('a port that is in use is refused', async t => {
  const other = createServer().listen(0, '127.0.0.1')
  t.teardown(() => other.close())
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { exitCode, stderr } = await fastAuthCommand(['serve'], t.testdir(), { PORT: String(port) })
  t.equal(
    stderr,
    `fast-auth: Port ${port} of 127.0.0.1 is in use: stop the process that listens there, or set PORT to another port\n`,
  )
  t.equal(exitCode, 1)
})

for (const PORT of ['0', '43210']) {
  t.test(`an address of another machine is refused, with PORT=${PORT}`, async t => {
    const { exitCode, stderr } = await fastAuthCommand(['serve'], t.testdir(), { HOST: '192.0.2.1', PORT })
    t.match(stderr, new RegExp(`^fast-auth: Cannot listen on HOST 192\\.0\\.2\\.1, PORT ${PORT}: listen EADDRNOTAVAIL`))
    t.equal(exitCode, 1)
  })
}

t.test('a start that fails lets go of the database', async t => {
  const folder = t.testdir({ '.fast-auth': 'a file' })
  t.match(await fastAuthCommand(['serve'], folder), { exitCode: 1, stderr: /development secret/ })
  t.notOk(readdirSync(folder).some(name => name.endsWith('-wal') && readFileSync(join(folder, name)).length > 0))
})
