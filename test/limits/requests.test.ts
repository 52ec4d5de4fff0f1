import swagger from '@fastify/swagger'
import type { InjectOptions } from 'fastify'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { openapiDefaults } from '../../lib/index.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { introspectionSecret } from '../support/secret.js'
import { type TestApplicationSettings, testApplication } from '../support/test-application.js'

const few = { requestsPerMinute: 3, costlyRequestsPerMinute: 2 }

async function limitedApp(t: Test, { options, ...more }: TestApplicationSettings = {}) {
  const tested = await testApplication(t, { ...more, options: { limits: few, ...options } })
  const ask = async (url: string, request: InjectOptions = {}) =>
    (await tested.app.inject({ url, remoteAddress: '192.0.2.1', ...request })).statusCode
  return { ...tested, ask }
}

t.test('a route answers a network so often in a minute, and then with 429 and the rest of the minute', async t => {
  const { app, ask, advance } = await limitedApp(t)
  for (let index = 0; index < 3; index++) t.equal(await ask('/auth/me'), 401)
  advance(20)
  const refused = await app.inject({ url: '/auth/me', remoteAddress: '192.0.2.1' })
  t.equal(refused.statusCode, 429)
  t.hasStrict(refused.headers, {
    'retry-after': '40',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  t.hasStrict(refused.json(), { code: 'FAST_AUTH_TOO_MANY_REQUESTS' })
  t.equal(await ask('/auth/sessions'), 401, 'another route')
  t.equal(await ask('/auth/me', { remoteAddress: '192.0.2.2' }), 401, 'another network')
  advance(40)
  t.equal(await ask('/auth/me'), 401)
})

t.test('no way of writing a path gives more requests', async t => {
  const routerOptions = { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, caseSensitive: false }
  const { ask } = await limitedApp(t, { server: { routerOptions } })
  for (const url of ['/auth/me', '/auth/me/', '//auth//me']) t.equal(await ask(url), 401, url)
  for (const url of ['/AUTH/ME', '/auth/%6de', '/auth/me?x=1', '/auth/me#x']) t.equal(await ask(url), 429, url)
  t.equal(await ask('/auth/me', { method: 'HEAD' }), 429)
})

t.test('paths with an id are one route', async t => {
  const { ask } = await limitedApp(t)
  const end = (id: string) => ask(`/auth/sessions/${id}`, { method: 'DELETE' })
  for (const id of ['1', '2', '3']) t.not(await end(id), 429)
  t.equal(await end('4'), 429)
})

t.test('requests that are refused for what they hold count too', async t => {
  const { ask } = await limitedApp(t)
  const signUp = (payload: object) => ask('/auth/sign-up', { method: 'POST', payload })
  t.equal(await signUp({}), 400)
  t.equal(await signUp({ ...ada, role: 'admin' }), 400)
  t.equal(await signUp(ada), 429)
})

t.test('junk that is sent for a refresh is refused without a storage call, and then at all', async t => {
  const { ask, calls } = await limitedApp(t)
  const refresh = () => ask('/auth/refresh', { method: 'POST', payload: { refreshToken: 'x' } })
  t.same([await refresh(), await refresh(), await refresh(), await refresh()], [401, 401, 401, 429])
  t.same(calls, [])
})

t.test('routes that hash or mail have a limit of their own', async t => {
  const { ask } = await limitedApp(t)
  const signIn = () => ask('/auth/sign-in', { method: 'POST', payload: ada })
  t.same([await signIn(), await signIn(), await signIn()], [401, 401, 429])
})

t.test("the application's own routes are not limited, nor is what is not there", async t => {
  const { app, ask } = await limitedApp(t, {
    after: app => {
      app.get('/hello', { onRequest: app.fastAuth.authenticate }, async () => 'hello')
    },
  })
  const { accessToken } = await signUpForTokens(app)
  for (let index = 0; index < 10; index++) t.equal(await ask('/hello', { headers: bearer(accessToken) }), 200)
  for (let index = 0; index < 10; index++) t.equal(await ask('/auth/nowhere'), 404)
})

t.test('a service with an introspection secret is not limited, and one without is', async t => {
  const { ask } = await limitedApp(t, { options: { limits: few, introspectionSecrets: [introspectionSecret] } })
  const introspect = (headers: Record<string, string>) =>
    ask('/auth/tokens/introspect', { method: 'POST', headers, payload: { token: 'x' } })
  for (let index = 0; index < 10; index++) t.equal(await introspect(bearer(introspectionSecret)), 200)
  for (let index = 0; index < 3; index++) t.equal(await introspect(bearer('a guess')), 401)
  t.equal(await introspect(bearer('a guess')), 429)
  t.equal(await introspect(bearer(introspectionSecret)), 200)
})

t.test('clients without a readable address share one count', async t => {
  const { ask } = await limitedApp(t)
  for (const remoteAddress of ['a socket', 'unknown', '_hidden']) t.equal(await ask('/auth/me', { remoteAddress }), 401)
  t.equal(await ask('/auth/me', { remoteAddress: 'example:80' }), 429)
  t.equal(await ask('/auth/me'), 401)
})

t.test('the refusal is emitted once a minute', async t => {
  const { ask, events } = await limitedApp(t)
  for (let index = 0; index < 20; index++) await ask('/auth/me')
  t.equal(events.length, 1)
  t.hasStrict(events, [{ name: 'rate_limited', reason: 'requests', ip: '192.0.2.1', userId: null, sessionId: null }])
})

t.test('with the figures at 0 there is no limit of requests', async t => {
  const { ask } = await limitedApp(t, { options: { limits: { requestsPerMinute: 0, costlyRequestsPerMinute: 0 } } })
  for (let index = 0; index < 10; index++) t.equal(await ask('/auth/me'), 401)
})

t.test('every operation documents its 429', async t => {
  const { app } = await testApplication(t, { before: async app => void (await app.register(swagger, openapiDefaults)) })
  const operations = Object.values(app.swagger().paths ?? {}).flatMap(path =>
    Object.values(path as Record<string, { operationId: string; responses: object }>),
  )
  t.ok(operations.length > 15)
  for (const { operationId, responses } of operations)
    t.match(responses, { 429: { description: /FAST_AUTH_TOO_MANY_REQUESTS/ } }, operationId)
})

t.test('with the defaults, the requests of a user’s day reach no limit', async t => {
  const { app, ask } = await testApplication(t, { options: { limits: {}, storage: memoryStorage() } }).then(tested => ({
    ...tested,
    ask: async (method: 'GET' | 'POST', path: string, more: InjectOptions = {}) =>
      (await tested.app.inject({ method, url: `/auth${path}`, ...more })).statusCode,
  }))
  const { accessToken, refreshToken } = await signUpForTokens(app)
  const headers = bearer(accessToken)
  t.equal(await ask('POST', '/sign-in', { payload: { ...ada, password: 'a slip of a finger' } }), 401)
  for (let index = 0; index < 3; index++) t.equal(await ask('POST', '/sign-in', { payload: ada }), 200)
  for (let index = 0; index < 200; index++) t.equal(await ask('GET', '/me', { headers }), 200)
  for (let index = 0; index < 20; index++) t.equal(await ask('POST', '/refresh', { payload: { refreshToken } }), 200)
})
