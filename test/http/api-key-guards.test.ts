import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { UnauthenticatedError } from '../../lib/errors/index.js'
import type { Authentication, Authenticator } from '../../lib/http/authentication.js'
import { createGuards, currentSession, currentUser } from '../../lib/http/guards.js'

const key = { id: 'user', email: 'ada@example.com', via: 'apiKey', apiKeyId: 'key', scopes: ['a', 'b'] } as const

/** Guarded routes that accept any header `key` as an API key, which is read synchronously or asynchronously. */
async function guardedApp(t: Test, { asks }: { readonly asks: boolean }) {
  const read = (header: unknown): Authentication | Promise<Authentication> => {
    if (header === undefined) throw new UnauthenticatedError()
    const authentication: Authentication = { user: key, authenticatedAt: null, hasSecondFactor: false }
    return asks ? Promise.resolve(authentication) : authentication
  }
  const authenticator: Authenticator = {
    authenticate: ({ headers }) => read(headers.key),
    authenticateOptional: ({ headers }) => (headers.key === undefined ? null : read(headers.key)),
  }
  const { guards } = createGuards({
    authenticator,
    emitRefusal: () => {},
    secondFactor: 'off',
    hasSecondFactors: false,
    roles: null,
    clock: () => 0,
  })
  const app = Fastify()
  t.teardown(() => app.close())
  app.decorateRequest('user', null)
  app.get('/any', { onRequest: guards.authenticate }, async request => currentUser(request))
  app.get('/optional', { onRequest: guards.authenticateOptional }, async ({ user }) => ({ user }))
  app.get('/a', { onRequest: guards.requireScopes('a') }, async ({ user }) => user?.via)
  app.get('/ba', { onRequest: guards.requireScopes('b', 'a') }, async ({ user }) => user?.via)
  app.get('/ac', { onRequest: guards.requireScopes('a', 'c') }, async ({ user }) => user?.via)
  app.get('/session', { onRequest: guards.requireSession }, async () => 'in')
  app.get('/recent', { onRequest: guards.requireRecentSignIn({ maxAgeSeconds: 600 }) }, async () => 'in')
  app.get('/current', { onRequest: guards.authenticate }, async request => currentSession(request).sessionId)
  return { get: (url: string, headers = { key: 'x' }) => app.inject({ url, headers }), app }
}

for (const asks of [false, true]) {
  const how = asks ? 'that was looked up' : 'that is cached'

  t.test(`an API key ${how} passes guards that accept any credential`, async t => {
    const { get, app } = await guardedApp(t, { asks })
    t.strictSame((await get('/any')).json(), key)
    t.strictSame((await get('/optional')).json(), { user: key })
    t.strictSame((await app.inject('/optional')).json(), { user: null })
    t.equal((await app.inject('/any')).json().code, 'FAST_AUTH_UNAUTHENTICATED')
  })

  t.test(`an API key ${how} needs every scope that is asked for`, async t => {
    const { get } = await guardedApp(t, { asks })
    t.equal((await get('/a')).body, 'apiKey')
    t.equal((await get('/ba')).body, 'apiKey')
    const refusal = await get('/ac')
    t.strictSame([refusal.statusCode, refusal.json().code], [403, 'FAST_AUTH_INSUFFICIENT_SCOPE'])
    t.equal(refusal.headers['www-authenticate'], 'Bearer error="insufficient_scope"')
  })

  t.test(`an API key ${how} is not a signed-in user, nor a recent sign-in`, async t => {
    const { get } = await guardedApp(t, { asks })
    for (const url of ['/session', '/recent', '/current']) {
      const refusal = await get(url)
      t.strictSame([refusal.statusCode, refusal.json().code], [403, 'FAST_AUTH_SESSION_REQUIRED'], url)
    }
  })
}

t.test('a session whose sign-in is not known is not recent', async t => {
  const user = { id: 'user', email: 'ada@example.com', via: 'session', sessionId: 'session' } as const
  const authenticate = () => ({ user, authenticatedAt: null, hasSecondFactor: false })
  const now = 1_000_000
  const { guards } = createGuards({
    authenticator: { authenticate, authenticateOptional: authenticate },
    emitRefusal: () => {},
    secondFactor: 'off',
    hasSecondFactors: false,
    roles: null,
    clock: () => now,
  })
  const app = Fastify()
  t.teardown(() => app.close())
  app.decorateRequest('user', null)
  app.get('/recent', { onRequest: guards.requireRecentSignIn({ maxAgeSeconds: 600 }) }, async () => 'in')
  t.equal((await app.inject('/recent')).json().code, 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED')
})
