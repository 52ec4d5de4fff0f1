import type { InjectOptions } from 'fastify'
import t from 'tap'
import { ada, bearer, signUpForTokens, type TokenPair } from '../support/account.js'
import { answerHeaders } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

type Requests = readonly [status: number, request: InjectOptions][]

/** A request for each operation, as it should be and in each way that it is refused for its form. */
const requests = ({ accessToken, refreshToken }: TokenPair): Requests => {
  const headers = bearer(accessToken)
  const text = { headers: { 'content-type': 'text/plain' }, payload: 'x' }
  const large = { headers: { 'content-type': 'application/json' }, payload: `"${'x'.repeat(20_000)}"` }
  const broken = { headers: { 'content-type': 'application/json' }, payload: '{' }
  const foreign = {
    headers: { 'sec-fetch-site': 'cross-site', cookie: '__Host-access_token=x; __Secure-refresh_token=x' },
  }
  const posts = ['sign-up', 'sign-in', 'refresh', 'sign-out'].map(
    name => ({ method: 'POST', url: `/auth/${name}` }) as const,
  )
  const guarded = [
    { method: 'GET', url: '/auth/me' },
    { method: 'HEAD', url: '/auth/me' },
    { method: 'GET', url: '/auth/sessions' },
    { method: 'DELETE', url: '/auth/sessions/3f0c4a52-8a53-4b21-9d8c-5f3a5d1f0c11' },
    { method: 'DELETE', url: '/auth/sessions' },
  ] as const
  return [
    [409, { method: 'POST', url: '/auth/sign-up', payload: ada }],
    [201, { method: 'POST', url: '/auth/sign-up', payload: { ...ada, email: 'ben@example.com' } }],
    [200, { method: 'POST', url: '/auth/sign-in', payload: ada }],
    [401, { method: 'POST', url: '/auth/sign-in', payload: { ...ada, password: 'incorrect horse' } }],
    [200, { method: 'POST', url: '/auth/refresh', payload: { refreshToken } }],
    [401, { method: 'POST', url: '/auth/refresh', payload: { refreshToken: 'x' } }],
    ...posts.flatMap(
      post =>
        [
          [415, { ...post, ...text }],
          [413, { ...post, ...large }],
          [400, { ...post, ...broken }],
          [400, { ...post, url: `${post.url}?x=1` }],
        ] as Requests,
    ),
    ...posts.slice(2).map(post => [403, { ...post, ...foreign }] as Requests[number]),
    ...guarded.map(request => [401, request] as Requests[number]),
    ...guarded.slice(3).map(request => [403, { ...request, ...foreign }] as Requests[number]),
    [200, { ...guarded[0], headers }],
    [200, { ...guarded[1], headers }],
    [200, { ...guarded[2], headers }],
    [404, { ...guarded[3], headers }],
    [400, { method: 'DELETE', url: '/auth/sessions/1', headers }],
    [200, { ...guarded[4], headers }],
    [204, { method: 'POST', url: '/auth/sign-out', headers }],
  ]
}

t.test('every answer of our routes is kept by no cache and understood as nothing but JSON', async t => {
  const { app } = await testApplication(t)
  for (const [status, request] of requests(await signUpForTokens(app))) {
    const answer = await app.inject(request)
    const title = `${request.method} ${request.url}`
    t.equal(answer.statusCode, status, title)
    t.hasStrict(answer.headers, answerHeaders, title)
    if (answer.body !== '') t.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
  }
})

t.test("the host's own routes get none of these headers", async t => {
  const { app } = await testApplication(t, {
    after: app => {
      app.get('/host', { onRequest: app.fastAuth.authenticateOptional }, async () => 'host')
    },
  })
  const { headers } = await app.inject({ url: '/host' })
  for (const name of Object.keys(answerHeaders)) t.equal(headers[name], undefined)
})

t.test("a host's hook may set a header that it wants otherwise", async t => {
  const { app } = await testApplication(t, {
    before: app => {
      app.addHook('onSend', async (_request, reply) => {
        reply.header('referrer-policy', 'same-origin')
      })
    },
  })
  const { headers } = await app.inject({ url: '/auth/me' })
  t.hasStrict(headers, { ...answerHeaders, 'referrer-policy': 'same-origin' })
})
