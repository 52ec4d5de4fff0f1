import fastifyCors, { type FastifyCorsOptions } from '@fastify/cors'
import type { FastifyServerOptions } from 'fastify'
import t, { type Test } from 'tap'
import { testApplication } from '../support/test-application.js'

const forwarded = { 'x-forwarded-for': '203.0.113.9' }

function proxied(t: Test, trustProxy: NonNullable<FastifyServerOptions['trustProxy']>) {
  return testApplication(t, {
    server: { trustProxy },
    after: app => void app.get('/own', () => 'own'),
  })
}

const headerNames = [
  'x-forwarded-for',
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'cf-connecting-ip',
  'true-client-ip',
  'fastly-client-ip',
  'fly-client-ip',
]

for (const name of headerNames) {
  t.test(`${name} without trusted proxies is warned of, once`, async t => {
    const { app, warned } = await proxied(t, false)
    t.same(warned, [])
    for (const url of ['/auth/me', '/auth/sessions']) await app.inject({ url, headers: { [name]: '203.0.113.9' } })
    t.same(warned, ['FAST_AUTH_WARN_PROXY_UNTRUSTED'])
  })
}

for (const trustProxy of ['10.0.0.0/8', () => false]) {
  t.test(`X-Forwarded-For of a proxy that trustProxy ${String(trustProxy)} does not trust is warned of`, async t => {
    const { app, warned } = await proxied(t, trustProxy)
    await app.inject({ url: '/auth/me', headers: forwarded })
    t.same(warned, ['FAST_AUTH_WARN_PROXY_UNTRUSTED'])
  })
}

t.test(
  'a trusted proxy that forwards the address only in a header that Fastify does not read is warned of',
  async t => {
    const { app, warned } = await proxied(t, true)
    await app.inject({ url: '/auth/me', headers: { 'x-real-ip': '203.0.113.9' } })
    t.same(warned, ['FAST_AUTH_WARN_PROXY_UNTRUSTED'])
  },
)

t.test('no warning about proxies if they are trusted, if there are none, and on routes of the host', async t => {
  for (const trustProxy of [true, '127.0.0.1', () => true]) {
    const { app, warned } = await proxied(t, trustProxy)
    await app.inject({ url: '/auth/me', headers: { ...forwarded, 'x-real-ip': '203.0.113.9' } })
    t.same(warned, [])
  }
  const { app, warned } = await proxied(t, false)
  await app.inject({ url: '/auth/me', headers: { 'x-request-id': '5' } })
  await app.inject({ url: '/own', headers: forwarded })
  t.same(warned, [])
})

const foreign = 'https://foreign.example'
const front = 'https://front.example'
const publicUrl = 'https://api.example.com'

function behindCors(t: Test, cors: FastifyCorsOptions) {
  return testApplication(t, {
    options: { publicUrl, trustedOrigins: [front] },
    before: async app => {
      await app.register(fastifyCors, cors)
    },
  })
}

t.test('CORS that lets any page read answers with cookies is warned of, once', async t => {
  const { app, warned } = await behindCors(t, { origin: true, credentials: true })
  for (const origin of [front, publicUrl]) await app.inject({ url: '/auth/me', headers: { origin } })
  t.same(warned, [], 'these are trusted')
  for (const origin of [foreign, 'null', foreign]) await app.inject({ url: '/auth/me', headers: { origin } })
  t.same(warned, ['FAST_AUTH_WARN_CORS_OPEN'])
})

t.test('CORS causes no warning without credentials, for trusted origins, or for the same origin', async t => {
  const settings: FastifyCorsOptions[] = [
    { origin: true },
    { origin: '*', credentials: true },
    { origin: [front, publicUrl], credentials: true },
    { origin: front, credentials: true },
  ]
  for (const cors of settings) {
    const { app, warned } = await behindCors(t, cors)
    for (const origin of [front, foreign]) await app.inject({ url: '/auth/me', headers: { origin } })
    await app.inject({ url: '/auth/me' })
    t.same(warned, [])
  }
  const { app, warned } = await behindCors(t, { origin: true, credentials: true })
  await app.inject({ url: '/auth/me', headers: { origin: foreign, 'sec-fetch-site': 'same-origin' } })
  t.same(warned, [])
})
