import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { memoryStorage } from '../../lib/engines/memory.js'
import { currentUser } from '../../lib/index.js'
import { ada, bearer, signUpForTokens } from '../support/account.js'
import { testApplication } from '../support/test-application.js'

async function appWith(t: Test, after: (app: FastifyInstance) => void) {
  const tested = await testApplication(t, { after })
  const tokens = await signUpForTokens(tested.app)
  tested.calls.length = 0
  const get = (url: string, headers: Record<string, string> = bearer(tokens.accessToken)) =>
    tested.app.inject({ url, headers })
  return { ...tested, ...tokens, get }
}

t.test('a guard stands in onRequest or preHandler, alone or in a list', async t => {
  const { get } = await appWith(t, app => {
    const { authenticate, requireSession } = app.fastAuth
    const handler = async () => 'in'
    app.get('/on-request', { onRequest: authenticate }, handler)
    app.get('/pre-handler', { preHandler: authenticate }, handler)
    app.get('/lists', { onRequest: [authenticate], preHandler: [requireSession, authenticate] }, handler)
  })
  for (const url of ['/on-request', '/pre-handler', '/lists']) {
    t.strictSame((await get(url)).body, 'in')
    const refusal = await get(url, {})
    t.strictSame(refusal.json(), {
      statusCode: 401,
      code: 'FAST_AUTH_UNAUTHENTICATED',
      error: 'Unauthorized',
      message: 'Sign in first',
    })
    t.equal(refusal.headers['www-authenticate'], 'Bearer')
  }
})

t.test('a guard as a hook of a whole scope guards its routes and no other', async t => {
  const { get } = await appWith(t, app => {
    app.register(async scope => {
      scope.addHook('onRequest', app.fastAuth.authenticate)
      scope.get('/inside', async () => 'in')
    })
    app.get('/outside', async () => 'out')
  })
  t.equal((await get('/inside', {})).statusCode, 401)
  t.equal((await get('/inside')).body, 'in')
  t.equal((await get('/outside', {})).body, 'out')
})

t.test('a handler does not run for those that a guard refuses', async t => {
  let runs = 0
  const { get } = await appWith(t, app => {
    app.get('/count', { onRequest: app.fastAuth.authenticate }, async () => {
      runs += 1
      return runs
    })
  })
  await get('/count', {})
  await get('/count', bearer('nonsense'))
  t.equal(runs, 0)
  await get('/count')
  t.equal(runs, 1)
})

t.test('a session holds every scope', async t => {
  const { get } = await appWith(t, app => {
    const { requireScopes } = app.fastAuth
    app.get('/reports', { onRequest: requireScopes('reports:read', 'reports:write') }, async ({ user }) => user?.via)
  })
  t.equal((await get('/reports')).body, 'session')
  t.equal((await get('/reports', {})).statusCode, 401)
})

t.test('a user who signed in too long ago must sign in again, and a refresh does not count', async t => {
  const { app, get, advance, refreshToken } = await appWith(t, app => {
    const { requireRecentSignIn } = app.fastAuth
    app.get('/danger', { onRequest: requireRecentSignIn({ maxAgeSeconds: 600 }) }, async () => 'boom')
  })
  advance(600)
  t.equal((await get('/danger')).body, 'boom')
  advance(0.001)
  const late = await get('/danger')
  t.strictSame(late.json(), {
    statusCode: 403,
    code: 'FAST_AUTH_RECENT_SIGN_IN_REQUIRED',
    error: 'Forbidden',
    message: 'Sign in again to do this',
  })
  const refresh = await app.inject({ method: 'POST', url: '/auth/refresh', payload: { refreshToken } })
  t.equal((await get('/danger', bearer(refresh.json().accessToken))).statusCode, 403)
  const payload = { ...ada, transport: 'token' }
  const signIn = await app.inject({ method: 'POST', url: '/auth/sign-in', payload })
  t.equal((await get('/danger', bearer(signIn.json().accessToken))).body, 'boom')
  t.equal((await get('/danger', {})).statusCode, 401)
})

t.test('a recent sign-in without a limit is refused when the route is made', async t => {
  const { app } = await testApplication(t)
  for (const limit of [600, {}, { maxAgeSeconds: Number.NaN }, { maxAgeSeconds: -1 }, { maxAgeSeconds: 'soon' }]) {
    t.throws(() => app.fastAuth.requireRecentSignIn(limit as { maxAgeSeconds: number }), {
      code: 'FAST_AUTH_OPTION_INVALID',
    })
  }
})

t.test('loadUser gives the full record without the hash, for one storage call', async t => {
  const { get, calls, user } = await appWith(t, app => {
    app.get('/record', { onRequest: app.fastAuth.authenticate }, request => request.loadUser())
  })
  const answer = await get('/record')
  t.strictSame(answer.json(), {
    id: user.id,
    email: ada.email,
    emailConfirmedAt: null,
    username: null,
    profile: {},
    createdAt: Date.UTC(2026, 0, 1, 12),
    lastSignInAt: Date.UTC(2026, 0, 1, 12),
    disabledAt: null,
  })
  t.strictSame(calls, ['users.find'])
})

t.test('loadUser and currentUser ask an unauthenticated client to sign in', async t => {
  const { get } = await appWith(t, app => {
    const { authenticateOptional } = app.fastAuth
    app.get('/record', request => request.loadUser())
    app.get('/current', async request => currentUser(request))
    app.get('/optional', { onRequest: authenticateOptional }, async request => currentUser(request))
  })
  for (const url of ['/record', '/current', '/optional']) {
    const refusal = await get(url, {})
    t.equal(refusal.json().code, 'FAST_AUTH_UNAUTHENTICATED')
    t.equal(refusal.headers['www-authenticate'], 'Bearer')
  }
  t.equal((await get('/optional')).json().email, ada.email)
})

t.test('loadUser for an account that was deleted meanwhile is a 401', async t => {
  const storage = memoryStorage()
  const { app } = await testApplication(t, {
    options: { storage },
    after: app => {
      app.get('/record', { onRequest: app.fastAuth.authenticate }, request => request.loadUser())
    },
  })
  const { user, accessToken } = await signUpForTokens(app)
  await storage.users.delete({ userId: user.id, now: 0 })
  const refusal = await app.inject({ url: '/record', headers: bearer(accessToken) })
  t.strictSame([refusal.statusCode, refusal.json().code], [401, 'FAST_AUTH_SESSION_REVOKED'])
})

t.test('two concurrent requests have two different users', async t => {
  const { app, get, accessToken } = await appWith(t, app => {
    app.get('/slow', { onRequest: app.fastAuth.authenticate }, async request => {
      await new Promise(resolve => setTimeout(resolve, 20))
      return currentUser(request).email
    })
  })
  const ben = await signUpForTokens(app, { ...ada, email: 'ben@example.com' })
  const tokens = [accessToken, ben.accessToken, accessToken, ben.accessToken]
  const answers = await Promise.all(tokens.map(token => get('/slow', bearer(token))))
  const emails = answers.map(({ body }) => body)
  t.strictSame(emails, ['ada@example.com', 'ben@example.com', 'ada@example.com', 'ben@example.com'])
})
