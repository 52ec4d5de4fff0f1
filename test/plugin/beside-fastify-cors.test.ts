import fastifyCors from '@fastify/cors'
import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { ada, cookieHeader } from '../support/account.js'
import { refused } from '../support/refusal.js'
import { testApplication } from '../support/test-application.js'

const front = 'https://front.elsewhere.example'
const fromFront = { origin: front, 'sec-fetch-site': 'cross-site' }

/** An API whose pages are on another site, as its author would set it up. */
function crossSiteApi(t: Test, trustedOrigins: readonly string[] = [front]) {
  return testApplication(t, {
    options: { publicUrl: 'https://api.example.com', trustedOrigins, cookies: { sameSite: 'none' } },
    before: async (app: FastifyInstance) => {
      await app.register(fastifyCors, { origin: [front], credentials: true, methods: ['GET', 'POST', 'DELETE'] })
    },
  })
}

t.test('a preflight for our routes is answered by @fastify/cors', async t => {
  const { app, calls } = await crossSiteApi(t)
  for (const [url, method] of [
    ['/auth/sign-in', 'POST'],
    ['/auth/sessions', 'DELETE'],
  ]) {
    const headers = { ...fromFront, 'access-control-request-method': String(method) }
    const answer = await app.inject({ method: 'OPTIONS', url: String(url), headers })
    t.equal(answer.statusCode, 204)
    t.equal(answer.headers['access-control-allow-origin'], front)
    t.equal(answer.headers['access-control-allow-credentials'], 'true')
  }
  t.strictSame(calls, [])
})

t.test('pages of a trusted origin on another site sign up, refresh and sign out, and can read refusals', async t => {
  const { app } = await crossSiteApi(t)
  const post = (url: string, more: object) => app.inject({ method: 'POST', url, ...more })
  const signUp = await post('/auth/sign-up', { payload: ada, headers: fromFront })
  t.equal(signUp.statusCode, 201)
  t.equal(signUp.headers['access-control-allow-origin'], front)
  const headers = { ...fromFront, cookie: cookieHeader(signUp) }
  t.equal((await post('/auth/refresh', { headers })).statusCode, 200)
  const denied = await post('/auth/sign-in', { payload: { ...ada, password: 'incorrect' }, headers: fromFront })
  refused(t, denied, 401, 'FAST_AUTH_INVALID_CREDENTIALS')
  t.equal(denied.headers['access-control-allow-origin'], front)
  t.equal((await post('/auth/sign-out', { headers })).statusCode, 204)
})

t.test('an origin that @fastify/cors lets read may still change nothing', async t => {
  const { app, calls } = await crossSiteApi(t, [])
  const answer = await app.inject({ method: 'POST', url: '/auth/sign-up', payload: ada, headers: fromFront })
  refused(t, answer, 403, 'FAST_AUTH_CROSS_SITE_REQUEST')
  t.strictSame(calls, [])
})
