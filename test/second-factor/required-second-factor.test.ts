import t from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import type { FastAuthOptions } from '../../lib/index.js'
import { setUpTotp, signInWithTotp, totpCode } from '../../lib/testing/index.js'
import { ada, bearer, signInForTokens, signUpForCookies } from '../support/account.js'
import { noon } from '../support/protected-application.js'
import { refused } from '../support/refusal.js'
import { introspectionSecret } from '../support/secret.js'
import { testApplication } from '../support/test-application.js'

const setupRequired = 'FAST_AUTH_SECOND_FACTOR_SETUP_REQUIRED'
const required = { secondFactor: 'required' } as const

/** The routes that a session without the required factor may use. */
const enrolment = new Set([
  'GET /auth/second-factor',
  'POST /auth/second-factor/totp',
  'POST /auth/second-factor/totp/confirm',
  'POST /auth/reauthenticate',
])

/** An application with every route, and the routes that ask for a credential. */
async function everyRoute(t: Parameters<typeof testApplication>[0], options: Partial<FastAuthOptions> = {}) {
  const routes: { method: string; url: string }[] = []
  const application = await testApplication(t, {
    mail: true,
    signedIn: true,
    options: { ...required, apiKeys: {}, profileSchema: { type: 'object', properties: {} }, ...options },
    before(app) {
      app.addHook('onRoute', ({ method, url, onRequest, schema }) => {
        const isGuarded = onRequest !== undefined && Reflect.get(Object(schema), 'operationId') !== undefined
        if (isGuarded && method !== 'HEAD') routes.push({ method: String(method), url })
      })
    },
  })
  return { ...application, routes }
}

t.test('a session without the factor passes only the routes that set it up', async t => {
  const { app, accessToken, routes } = await everyRoute(t)
  t.ok(routes.length > 15, String(routes.length))
  for (const { method, url } of routes) {
    const name = `${method} ${url}`
    const request = { method: method as 'GET', url: url.replace(':id', 'x'), headers: bearer(accessToken) }
    const answer = await app.inject({ ...request, ...(method !== 'GET' && { payload: {} }) })
    t.equal(answer.json().code === setupRequired, !enrolment.has(name), `${name} ${answer.statusCode}`)
    if (!enrolment.has(name)) refused(t, answer, 403, setupRequired)
  }
})

t.test('a session without the factor can be refreshed and can end', async t => {
  const { post, refreshToken } = await testApplication(t, { signedIn: true, options: required })
  const refreshed = await post('/refresh', { refreshToken })
  t.equal(refreshed.statusCode, 200)
  const ended = await post('/sign-out', { refreshToken: refreshed.json().refreshToken })
  t.equal(ended.statusCode, 204)
})

t.test('a session without the factor can be refreshed in the token mode sliding', async t => {
  const options = { ...required, tokenMode: 'sliding' } as const
  const { accessToken, refresh, me } = await testApplication(t, { signedIn: true, options })
  const answer = await refresh(accessToken)
  t.equal(answer.statusCode, 200)
  refused(t, await me(answer.json().accessToken), 403, setupRequired)
})

t.test('every guard of the host refuses a session without the factor, and says why to the application', async t => {
  const { app, accessToken, events, user } = await testApplication(t, {
    signedIn: true,
    options: required,
    after(app) {
      const { authenticate, authenticateOptional, requireSession, requireScopes, requireRecentSignIn } = app.fastAuth
      const guards = {
        authenticate,
        authenticateOptional,
        requireSession,
        requireScopes: requireScopes('any'),
        requireRecentSignIn: requireRecentSignIn({ maxAgeSeconds: 300 }),
        requireSecondFactor: app.fastAuth.requireSecondFactor(),
      }
      for (const [name, guard] of Object.entries(guards)) app.get(`/${name}`, { onRequest: guard }, async () => name)
    },
  })
  const paths = ['authenticate', 'authenticateOptional', 'requireSession', 'requireScopes', 'requireRecentSignIn']
  for (const path of [...paths, 'requireSecondFactor']) {
    const answer = await app.inject({ url: `/${path}`, headers: bearer(accessToken) })
    t.strictSame([answer.statusCode, answer.json().code], [403, setupRequired], path)
  }
  t.hasStrict(events, [{ name: 'authz_fail', reason: 'second_factor_setup_required', userId: user.id }])
  t.equal((await app.inject('/authenticateOptional')).statusCode, 200, 'visitors pass')
})

t.test('after the setup, the same session passes, and a sign-in needs the factor', async t => {
  const { app, inject, advance } = await testApplication(t, { signedIn: true, options: required })
  refused(t, await inject('/auth/me'), 403, setupRequired)
  const { secret } = await setUpTotp(await signInForTokens(app), { at: noon })
  advance(30)
  const { inject: again } = await signInWithTotp(app, { ...ada, secret, at: noon + 30_000 })
  t.equal((await again('/auth/me')).statusCode, 200)
})

t.test('a browser without the factor is refused by authenticateOptional too, instead of being a visitor', async t => {
  const { app } = await testApplication(t, {
    options: required,
    after(app) {
      app.get('/page', { onRequest: app.fastAuth.authenticateOptional }, async ({ user }) => ({ user }))
    },
  })
  const cookie = await signUpForCookies(app)
  t.equal((await app.inject({ url: '/page', headers: { cookie } })).json().code, setupRequired)
})

t.test('API keys pass, since they are no sessions', async t => {
  const storage = memoryStorage()
  const { owner } = await testApplication(t, { keys: true, options: { storage } })
  const { key } = await owner.make({ scopes: ['reports:read'] })
  const { app } = await testApplication(t, {
    options: { storage, ...required, apiKeys: { scopes: ['reports:read'] } },
    after(app) {
      const { authenticate, requireScopes } = app.fastAuth
      app.get('/any', { onRequest: authenticate }, async () => 'in')
      app.get('/read', { onRequest: requireScopes('reports:read') }, async () => 'in')
    },
  })
  for (const url of ['/any', '/read', '/auth/me'])
    t.equal((await app.inject({ url, headers: bearer(key) })).statusCode, 200, url)
})

t.test('the tokens of a session without the factor are inactive for services', async t => {
  const options = { ...required, introspectionSecrets: [introspectionSecret] }
  const { app, post, accessToken, refreshToken } = await testApplication(t, { signedIn: true, options })
  const isActive = async (token: unknown) =>
    (await post('/tokens/introspect', { token }, bearer(introspectionSecret))).json().active
  t.strictSame([await isActive(accessToken), await isActive(refreshToken)], [false, false])
  const session = await signInForTokens(app)
  const { secret } = (await session.inject({ method: 'POST', url: '/auth/second-factor/totp' })).json()
  const payload = { code: totpCode(secret, noon) }
  const set = await session.inject({ method: 'POST', url: '/auth/second-factor/totp/confirm', payload })
  t.strictSame([await isActive(set.json().accessToken), await isActive(set.json().refreshToken)], [true, true])
  t.equal(await isActive(session.accessToken), false, 'the token from before the factor')
})
